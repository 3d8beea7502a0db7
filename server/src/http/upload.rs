//! The two forms of an upload: a raw body with its particulars in the address, or the parts of a form.

use std::{cell::Cell, future::poll_fn, io, io::SeekFrom, pin::pin, rc::Rc, task::Poll, time::Duration};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{
    error::PayloadError,
    http::{StatusCode, header::HeaderMap},
    web::{Bytes, Payload},
};
use app::intake::Upload;
use domain::{document::Capture, time::Timestamp};
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt},
    time::{Instant, timeout_at},
};

use super::problem::Problem;

/// What a sender may tell of a file: query parameters of a raw body, parts of a form.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Particulars {
    #[serde(rename = "type")]
    type_name: Option<String>,
    file_name: Option<String>,
    priority: Option<String>,
    captured_at: Option<String>,
    device_id: Option<String>,
    source: Option<String>,
}

impl Particulars {
    fn set(&mut self, name: &str, value: String) -> Result<(), Problem> {
        let slot = match name {
            "type" => &mut self.type_name,
            "fileName" => &mut self.file_name,
            "priority" => &mut self.priority,
            "capturedAt" => &mut self.captured_at,
            "deviceId" => &mut self.device_id,
            "source" => &mut self.source,
            _ => {
                let detail = "Parts are file, type, fileName, priority, capturedAt, deviceId and source";
                return Err(Problem::bad_request("PART_UNKNOWN", detail));
            }
        };
        if slot.replace(value).is_some() && name != "fileName" {
            return Err(Problem::bad_request("PART_TWICE", format!("The part {name} is there twice")));
        }
        Ok(())
    }

    pub fn into_upload(self) -> Result<Upload, Problem> {
        let priority = self.priority.map(|text| {
            text.parse().map_err(|_| Problem::bad_request("PRIORITY_INVALID", "priority is a digit, 0 to 9"))
        });
        let captured_at = self.captured_at.map(|text| {
            Timestamp::parse(&text).ok_or_else(|| {
                Problem::bad_request("CAPTURED_AT_INVALID", "capturedAt is a time such as 2026-02-01T09:30:00Z")
            })
        });
        Ok(Upload {
            type_name: self.type_name,
            file_name: self.file_name,
            priority: priority.transpose()?.unwrap_or(DEFAULT_PRIORITY),
            capture: Capture { captured_at: captured_at.transpose()?, device_id: self.device_id, source: self.source },
        })
    }
}

/// In the middle, so that there is room on both sides.
const DEFAULT_PRIORITY: u8 = 5;
/// Longest text part.
const TEXT_BYTES: usize = 4_096;

pub type Chunks = stream::LocalBoxStream<'static, io::Result<Bytes>>;

/// A body that pauses too long, or takes too long, breaks off.
pub fn body(payload: Payload, pause: Duration, whole: Duration) -> Chunks {
    let deadline = Instant::now() + whole;
    paced(payload.map(|chunk| chunk.map_err(io::Error::other)), pause, deadline)
}

fn paced<S, T>(chunks: S, pause: Duration, deadline: Instant) -> stream::LocalBoxStream<'static, io::Result<T>>
where
    S: Stream<Item = io::Result<T>> + Unpin + 'static,
    T: 'static,
{
    let steps = stream::unfold(Some(chunks), move |chunks| async move {
        let mut chunks = chunks?;
        let until = deadline.min(Instant::now() + pause);
        match timeout_at(until, chunks.next()).await {
            Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(chunks))),
            Ok(Some(Err(error))) => Some((Err(error), None)),
            Ok(None) => None,
            Err(_) => Some((Err(io::Error::from(io::ErrorKind::TimedOut)), None)),
        }
    });
    steps.boxed_local()
}

/// Takes a form apart. Its parts may come in any order, and the file's particulars must be known before it can be
/// received, so the file waits in an unnamed temporary file that goes with the process.
pub async fn form(
    headers: &HeaderMap,
    payload: Payload,
    file_bytes: u64,
    pause: Duration,
    whole: Duration,
) -> Result<(Particulars, Chunks), Problem> {
    let pace = Pace { pause, deadline: Instant::now() + whole, ended: Rc::default() };
    let mut parts = Multipart::new(headers, pace.noting_the_end(payload));
    let mut particulars = Particulars::default();
    let mut file = None;
    while let Some(part) = pace.step(parts.next()).await? {
        let part = part.map_err(|error| broken(&error))?;
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            if file.is_some() {
                return Err(Problem::bad_request("PART_TWICE", "Send one file a request"));
            }
            let given = part.content_disposition().and_then(|it| it.get_filename()).map(str::to_owned);
            if particulars.file_name.is_none() {
                particulars.file_name = given;
            }
            file = Some(spool(part, file_bytes, &pace).await?);
        } else {
            let value = text(part, &pace).await?;
            particulars.set(&name, value)?;
        }
    }
    let file = file.ok_or_else(|| Problem::bad_request("FILE_MISSING", "The form has no part named file"))?;
    Ok((particulars, read_back(file)))
}

/// How long a form may take, and whether its body has come to an end.
struct Pace {
    pause: Duration,
    deadline: Instant,
    ended: Rc<Cell<bool>>,
}

impl Pace {
    fn noting_the_end(&self, payload: Payload) -> impl Stream<Item = Result<Bytes, PayloadError>> + use<> {
        let ended = self.ended.clone();
        payload.chain(stream::poll_fn(move |_| {
            ended.set(true);
            Poll::Ready(None)
        }))
    }

    /// Waits for the next piece. The parser waits for ever when a body ends before its last boundary; it has
    /// everything by then, so what it does not give within a few tries will never come.
    async fn step<T>(&self, piece: impl Future<Output = T>) -> Result<T, Problem> {
        const TRIES: u32 = 16;
        let mut piece = pin!(piece);
        let mut tries = 0;
        let arriving = poll_fn(|context| match piece.as_mut().poll(context) {
            Poll::Pending if self.ended.get() => {
                tries += 1;
                context.waker().wake_by_ref();
                if tries < TRIES { Poll::Pending } else { Poll::Ready(Err(broken(&MultipartError::Incomplete))) }
            }
            other => other.map(Ok),
        });
        let until = self.deadline.min(Instant::now() + self.pause);
        timeout_at(until, arriving).await.map_err(|_| Problem::of_status(StatusCode::REQUEST_TIMEOUT))?
    }
}

async fn spool(mut part: Field, limit: u64, pace: &Pace) -> Result<File, Problem> {
    let mut file = File::from_std(tempfile::tempfile().map_err(unwritten)?);
    let mut size = 0;
    while let Some(chunk) = pace.step(part.next()).await? {
        let chunk = chunk.map_err(|error| broken(&error))?;
        size += chunk.len() as u64;
        if size > limit {
            let detail = format!("The file is larger than {limit} bytes, the most this server takes");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "FILE_TOO_LARGE", detail));
        }
        file.write_all(&chunk).await.map_err(unwritten)?;
    }
    file.seek(SeekFrom::Start(0)).await.map_err(unwritten)?;
    Ok(file)
}

fn read_back(file: File) -> Chunks {
    let chunks = stream::try_unfold(file, |mut file| async move {
        let mut chunk = Vec::with_capacity(64 * 1024);
        let read = (&mut file).take(64 * 1024).read_to_end(&mut chunk).await?;
        Ok((read > 0).then(|| (Bytes::from(chunk), file)))
    });
    chunks.boxed_local()
}

async fn text(mut part: Field, pace: &Pace) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = pace.step(part.next()).await? {
        bytes.extend_from_slice(&chunk.map_err(|error| broken(&error))?);
        if bytes.len() > TEXT_BYTES {
            let detail = format!("A part but the file has {TEXT_BYTES} bytes at most");
            return Err(Problem::bad_request("METADATA_TOO_LONG", detail));
        }
    }
    String::from_utf8(bytes).map_err(|_| Problem::bad_request("PART_NOT_TEXT", "Every part but the file is UTF-8 text"))
}

fn broken(error: &MultipartError) -> Problem {
    tracing::debug!(%error, "a form did not arrive");
    Problem::bad_request("UPLOAD_BROKEN", "The form broke off or is not well formed multipart/form-data: send it again")
}

fn unwritten(error: io::Error) -> Problem {
    app::Error::from(error).into()
}
