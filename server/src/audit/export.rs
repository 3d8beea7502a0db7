//! `countersign audit export`: a bundle for auditors.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Mutex,
    time::{Duration, Instant},
};

use app::bundles;
use domain::{
    bundle::{BundleRequest, Extent},
    id::{ActorId, DocumentId, OrganizationId},
    time::Timestamp,
};

use crate::data::{Error, Folder};

/// Writes a bundle that auditors verify without this program: the whole log, or a part of it.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    folder: Folder,
    /// What to make: an archive where the name ends in .tar, a folder otherwise. Nothing is written over.
    #[arg(long, value_name = "FILE.tar|DIR")]
    out: PathBuf,
    /// Only what was recorded about one document, complete up to now.
    #[arg(long, value_name = "ID", value_parser = id::<DocumentId>, conflicts_with_all = ["from", "to", "actor"])]
    document: Option<DocumentId>,
    /// Only what was recorded from this time on (RFC 3339) …
    #[arg(long, value_name = "TIME", value_parser = time, requires = "to", conflicts_with = "actor")]
    from: Option<Timestamp>,
    /// … and before this one.
    #[arg(long, value_name = "TIME", value_parser = time, requires = "from")]
    to: Option<Timestamp>,
    /// Only what one actor did.
    #[arg(long, value_name = "ID", value_parser = id::<ActorId>)]
    actor: Option<ActorId>,
    /// Proves that a part of the log continues your older checkpoint of so many leaves.
    #[arg(long, value_name = "SIZE")]
    since: Option<u64>,
    /// With the personal values that leaves only name, and the statements that were signed.
    #[arg(long)]
    with_disclosures: bool,
    /// With the uploaded files.
    #[arg(long)]
    with_documents: bool,
    /// Whose log; needed where there are several.
    #[arg(long, value_name = "ID", value_parser = id::<OrganizationId>)]
    organization: Option<OrganizationId>,
}

/// An id as the log writes it, or as GraphQL gives it.
fn id<T: schema::id::Global>(text: &str) -> Result<T, String> {
    let known = T::from_key(text).or_else(|| schema::id::decode(text).ok());
    known.ok_or_else(|| format!("that is no id of a {}", T::TYPE.to_lowercase()))
}

fn time(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| "times are written as in RFC 3339: 2026-01-31T12:00:00Z".to_owned())
}

impl Arguments {
    fn request(&self) -> BundleRequest {
        let extent = match (self.document, self.from.zip(self.to), self.actor) {
            (Some(document), ..) => Extent::Document(document),
            (_, Some((from, to)), _) => Extent::Period { from, to },
            (.., Some(actor)) => Extent::Actor(actor),
            _ => Extent::Log,
        };
        BundleRequest { extent, since: self.since, disclosures: self.with_disclosures, documents: self.with_documents }
    }
}

pub async fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    let app = arguments.folder.open_existing().await?;
    let organization = bundles::organization_of_command(&app, arguments.organization).await?;
    let bar = Bar::new();
    let progress = |done, of| bar.show(done, of);
    let exported = bundles::export_audit(&app, organization, arguments.request(), &arguments.out, &progress).await;
    bar.clear();
    app.close().await;
    let exported = exported?;
    println!(
        "{}: {} of {} leaves, {} bytes",
        arguments.out.display(),
        exported.leaves,
        exported.size,
        exported.byte_size
    );
    Ok(ExitCode::SUCCESS)
}

/// A line on the terminal, for what takes more than a second.
struct Bar {
    started: Instant,
    shown: Mutex<Option<Instant>>,
}

const PATIENCE: Duration = Duration::from_secs(1);
const REDRAW: Duration = Duration::from_millis(100);
const WIDTH: u64 = 40;

impl Bar {
    fn new() -> Bar {
        Bar { started: Instant::now(), shown: Mutex::new(None) }
    }

    fn show(&self, done: u64, of: u64) {
        let Ok(mut shown) = self.shown.lock() else { return };
        let due = shown.is_none_or(|shown| shown.elapsed() >= REDRAW) && self.started.elapsed() >= PATIENCE;
        if !due || !io::stderr().is_terminal() {
            return;
        }
        let filled = (done * WIDTH / of.max(1)).min(WIDTH) as usize;
        let bar = format!("{}{}", "█".repeat(filled), "░".repeat(WIDTH as usize - filled));
        eprint!("\r{bar} {done} of {of} leaves ");
        // A terminal that is gone is no reason to stop.
        let _ = io::stderr().flush();
        *shown = Some(Instant::now());
    }

    fn clear(&self) {
        if self.shown.lock().is_ok_and(|shown| shown.is_some()) {
            eprint!("\r\x1b[K");
        }
    }
}
