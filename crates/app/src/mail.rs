//! Outgoing mail over SMTP (RFC 5321). Addresses and credentials never reach the log.

use std::{fmt, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::extension::ClientId,
};

use crate::error::{InternalError, Result};

/// How long a mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How mail leaves, and what is sent by itself.
#[derive(Clone)]
pub struct MailSettings {
    /// `smtps://user:password@host:465`, `smtp://user:password@host:587?tls=required`, or `smtp://host:25`.
    pub smtp_url: String,
    /// The sender's address, with or without a name.
    pub from: String,
    /// Whether reviewers get a receipt of each of their decisions.
    pub receipts: bool,
    /// Hours between two mails with the newest checkpoint.
    pub checkpoint_hours: u32,
}

/// Without the credentials in the URL.
impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailSettings")
            .field("from", &self.from)
            .field("receipts", &self.receipts)
            .finish_non_exhaustive()
    }
}

pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    settings: MailSettings,
}

/// One letter to one person, with one file.
pub(crate) struct Letter<'a> {
    pub to: &'a str,
    pub subject: String,
    pub text: String,
    pub file_name: String,
    pub file: String,
    /// The same for the same letter sent again, so that a mail program can tell.
    pub id: String,
}

/// Mail that went out by itself (RFC 3834, section 5): nobody's absence is to answer it.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mailer {
    /// # Errors
    /// What is wrong with the settings, without the URL.
    pub fn open(settings: &MailSettings) -> Result<Mailer, String> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.smtp_url).map_err(|_| {
            "the setting smtp_url is no address such as smtps://user:password@mail.example.com:465".to_owned()
        })?;
        let from: Mailbox = settings.from.parse().map_err(|_| {
            "the setting mail_from is no address such as Countersign <countersign@example.com>".to_owned()
        })?;
        let name = ClientId::Domain(from.email.domain().to_owned());
        let transport = server.hello_name(name).timeout(Some(PATIENCE)).build();
        Ok(Mailer { transport, from, settings: settings.clone() })
    }

    pub fn settings(&self) -> &MailSettings {
        &self.settings
    }

    /// Returns when the mail server has taken the letter.
    ///
    /// # Errors
    /// [`InternalError::MailRefused`] when it never will, [`InternalError::Mail`] when it may later.
    pub async fn send(&self, letter: Letter<'_>) -> Result<()> {
        let to = letter.to.to_owned();
        let message = self.message(letter)?;
        self.transport.send(message).await.map_err(|error| {
            // Mail servers repeat the address in their answer.
            let said = error.to_string().replace(&to, "(the address)");
            if error.is_permanent() { InternalError::MailRefused(said) } else { InternalError::Mail(said) }
        })?;
        Ok(())
    }

    fn message(&self, letter: Letter<'_>) -> Result<Message, InternalError> {
        let malformed =
            |what: &dyn fmt::Display| InternalError::MailRefused(format!("the mail can't be written: {what}"));
        // Base64 keeps the file's bytes as they are; a signature over them would not survive a wrapped line.
        let file = Body::new_with_encoding(letter.file.into_bytes(), ContentTransferEncoding::Base64)
            .map_err(|_| malformed(&"its attachment"))?;
        let file = Attachment::new(letter.file_name).body(file, ContentType::TEXT_PLAIN);
        let domain = self.from.email.domain();
        Message::builder()
            .from(self.from.clone())
            .to(letter.to.parse().map_err(|_| malformed(&"the address of its recipient"))?)
            .subject(letter.subject)
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .header(AutoSubmitted)
            .multipart(MultiPart::mixed().singlepart(SinglePart::plain(letter.text)).singlepart(file))
            .map_err(|error| malformed(&error))
    }
}

/// Whether mail can be sent to it.
pub(crate) fn is_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(smtp_url: &str, from: &str) -> MailSettings {
        MailSettings { smtp_url: smtp_url.into(), from: from.into(), receipts: true, checkpoint_hours: 24 }
    }

    #[test]
    fn wrong_settings_are_named_without_their_credentials() {
        let refused = Mailer::open(&settings("http://ann:secret@host", "c@example.com")).err().unwrap();
        assert!(refused.contains("smtp_url") && !refused.contains("secret"));
        let refused = Mailer::open(&settings("smtp://host", "nobody")).err().unwrap();
        assert!(refused.contains("mail_from"));
        assert!(!format!("{:?}", settings("smtp://ann:secret@host", "c@example.com")).contains("secret"));
    }

    #[test]
    fn a_letter_carries_its_file_byte_for_byte() {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        let mailer = Mailer::open(&settings("smtp://host", "Countersign <c@example.com>")).unwrap();
        let file = format!("a signed note\n\n\u{2014} name {}\n", "x".repeat(200));
        let letter = Letter {
            to: "ann@example.com",
            subject: "A receipt".into(),
            text: "In plain words.".into(),
            file_name: "receipt-7.tlog-proof".into(),
            file: file.clone(),
            id: "7".into(),
        };
        let sent = String::from_utf8(mailer.message(letter).unwrap().formatted()).unwrap();
        assert!(sent.contains("Auto-Submitted: auto-generated") && sent.contains("<7@example.com>"));
        let base64: String =
            sent.rsplit("\r\n\r\n").next().unwrap().lines().take_while(|line| !line.starts_with("--")).collect();
        assert_eq!(STANDARD.decode(base64).unwrap(), file.as_bytes());
    }
}
