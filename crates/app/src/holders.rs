//! Outside holders of the head: people who get signed checkpoints by mail. What they hold can't be taken back, so a
//! history that is rewritten later no longer agrees with it.

use domain::{actor::Actor, event::Event, id::JobId, job::JobKind, policy::Action};
use uuid::Uuid;

use crate::{
    App,
    error::{Error, Result},
    idempotency::{IdempotencyKey, Once},
    jobs::{Claim, Done},
    ledger,
    mail::{self, Letter},
    permission::require,
    store::{
        account, holder,
        holder::Recipient,
        job,
        log::{self, CheckpointRow, LogId},
    },
    unit::Begun,
};

/// More recipients are a mailing list, and should be one.
const MAX_RECIPIENTS: usize = 20;
/// Longest address (RFC 5321, section 4.5.3.1.3).
const MAX_ADDRESS: usize = 254;
const MILLIS_PER_HOUR: i64 = 3_600_000;

/// How a head leaves the operator's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Mail,
    Receipt,
}

impl Way {
    pub const fn word(self) -> &'static str {
        match self {
            Way::Mail => "MAIL",
            Way::Receipt => "RECEIPT",
        }
    }
}

/// Says who gets the newest checkpoint by mail from now on; nobody when there is no address.
///
/// # Errors
/// `MAIL_NOT_SET_UP`, `ADDRESS_INVALID`, `RECIPIENTS_TOO_MANY`.
pub async fn set_checkpoint_recipients(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    addresses: Vec<String>,
) -> Result<Vec<String>> {
    require(app, actor, Action::ManageAudit).await?;
    let addresses = check(app, addresses)?;
    let parts: Vec<&[u8]> = addresses.iter().map(String::as_bytes).collect();
    let once = Once::new("set_checkpoint_recipients", &key, &parts);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(addresses) };
    holder::set_recipients(&mut unit, &addresses).await?;
    let organization = actor.organization;
    unit.commit(Event::CheckpointRecipientsSet { organization, addresses: addresses.clone() }, vec![]).await?;
    Ok(addresses)
}

fn check(app: &App, addresses: Vec<String>) -> Result<Vec<String>> {
    let mut checked: Vec<String> = addresses.iter().map(|address| address.trim().to_owned()).collect();
    checked.sort_unstable();
    checked.dedup();
    if checked.len() > MAX_RECIPIENTS {
        let message = format!("At most {MAX_RECIPIENTS} addresses: give the address of a mailing list instead");
        return Err(Error::invalid("RECIPIENTS_TOO_MANY", message));
    }
    if let Some(wrong) = checked.iter().find(|address| address.len() > MAX_ADDRESS || !mail::is_address(address)) {
        return Err(Error::invalid("ADDRESS_INVALID", format!("«{wrong}» is no address that mail can be sent to")));
    }
    if app.mailer().is_none() && !checked.is_empty() {
        let message = "This server sends no mail: its operator has to set smtp_url and mail_from first";
        return Err(Error::invalid("MAIL_NOT_SET_UP", message));
    }
    Ok(checked)
}

/// Who gets the newest checkpoint by mail, by address.
pub async fn checkpoint_recipients(app: &App, actor: &Actor) -> Result<Vec<String>> {
    require(app, actor, Action::ManageAudit).await?;
    let recipients = holder::recipients(&app.scope(actor)).await?;
    Ok(recipients.into_iter().map(|recipient| recipient.address).collect())
}

/// Enqueues a mail for everybody who is due: one within each stretch of hours, and only for a log that grew since the
/// last mail. Each server may do so: the same mail has the same job.
pub(crate) async fn enqueue_due(app: &App) -> Result<()> {
    let Some(mailer) = app.mailer() else { return Ok(()) };
    let hours = i64::from(mailer.settings().checkpoint_hours.max(1));
    let stretch = app.now().millis() / (hours * MILLIS_PER_HOUR);
    for recipient in holder::all_recipients(app.store().reader()).await? {
        if !is_due(app, &recipient, hours).await? {
            continue;
        }
        let (kind, subject) = (JobKind::SendCheckpoint, recipient_id(app, &recipient));
        let mail = format!("{subject}/{stretch}");
        let id = app.secrets().named_id(recipient.organization, "checkpoint mail", &mail);
        let mut bookkeeping = app.bookkeeping().await?;
        job::enqueue_named(&mut bookkeeping, JobId(id), recipient.organization, kind, subject).await?;
        bookkeeping.commit().await?;
    }
    Ok(())
}

async fn is_due(app: &App, recipient: &Recipient, hours: i64) -> Result<bool> {
    let reader = app.store().reader();
    let Some((log, newest)) = newest(app, recipient).await? else { return Ok(false) };
    let Some(last) = holder::outside_head(reader, recipient.organization, Way::Mail).await? else { return Ok(true) };
    let grew = (log.epoch, newest.size) > (last.epoch, last.size);
    let waited = app.now() >= last.sent_at.plus_seconds(hours * 3_600);
    Ok(recipient.since > last.sent_at || (grew && waited))
}

async fn newest(app: &App, recipient: &Recipient) -> Result<Option<(LogId, CheckpointRow)>> {
    let log = ledger::present_log(app, recipient.organization).await?;
    let newest = log::last_checkpoint(app.store().reader(), log).await?;
    Ok(newest.map(|checkpoint| (log, checkpoint)))
}

/// Keyed: jobs outlast the recipient, and an address could be guessed by a plain hash.
fn recipient_id(app: &App, recipient: &Recipient) -> Uuid {
    app.secrets().named_id(recipient.organization, "recipient", &recipient.address)
}

/// The job: mails the newest checkpoint there is by now.
pub(crate) async fn send_checkpoint(app: &App, claim: &Claim) -> Result<Done> {
    let Some(mailer) = app.mailer() else { return Ok(Done::Nothing) };
    let actor = Actor::system(claim.organization);
    let scope = app.scope(&actor);
    let recipients = holder::recipients(&scope).await?;
    // Who was taken off the list meanwhile gets nothing.
    let recipient = recipients.into_iter().find(|recipient| recipient_id(app, recipient) == claim.subject);
    let Some(recipient) = recipient else { return Ok(Done::Nothing) };
    let Some((log, checkpoint)) = newest(app, &recipient).await? else { return Ok(Done::NotYet) };
    let origin = ledger::origin(app.host(), log);
    let organization = account::organization_name(&scope).await?;
    let size = checkpoint.size;
    let letter = Letter {
        to: &recipient.address,
        subject: format!("Checkpoint of the audit log of {organization}: {size} leaves"),
        text: words(&organization, &origin, &checkpoint),
        file_name: format!("checkpoint-{size}.txt"),
        file: checkpoint.note,
        id: format!("checkpoint-{}", claim.id),
    };
    mailer.send(letter).await?;
    let mut bookkeeping = app.bookkeeping().await?;
    holder::record(&mut bookkeeping, log, Way::Mail, size).await?;
    bookkeeping.commit().await?;
    Ok(Done::Nothing)
}

fn words(organization: &str, origin: &str, checkpoint: &CheckpointRow) -> String {
    let (size, root) = (checkpoint.size, checkpoint.root);
    let at = domain::time::Timestamp(checkpoint.signed_at);
    format!(
        "\
This is the newest signed head of the audit log of {organization}.

  log     {origin}
  leaves  {size}
  root    {root}
  signed  {at}

Keep the attached file. Whoever runs the log can't rewrite anything before this
head any more without being found out by it.

When you verify a bundle of this log, pin it, with the log's public key that you
got by another way than this mail:

  countersign-verify BUNDLE --key VKEY --pin checkpoint-{size}.txt

A bundle of a part of the log has to be asked for with --since {size}.

You get this mail because your address was set as a recipient of checkpoints.
"
    )
}
