//! Loads on the log that `make bench-audit` measures: made of the parts that the server itself is made of.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use domain::{
    actor::Actor,
    event::Event,
    id::{DocumentId, OrganizationId, TaskId},
    task::ReleaseReason,
};

use crate::{
    App,
    error::{Error, Result},
    ledger,
    store::{account, log},
};

/// Events a unit of [`preload`].
const PRELOADED: usize = 500;
/// Events of one document before the next one begins.
const EVENTS_A_DOCUMENT: usize = 10;
const CHUNK: u64 = 2_000;

/// Makes an organization, whose log is then measured.
pub async fn make_organization(app: &App, name: &str) -> Result<OrganizationId> {
    let organization = OrganizationId::generate();
    let mut unit = app.begin(&Actor::system(organization)).await?;
    account::insert_organization(&mut unit, organization, name).await?;
    unit.commit(Event::OrganizationCreated { organization, name: name.to_owned() }, vec![]).await?;
    Ok(organization)
}

/// Steps of reviewers, ten a document; leaves of about 700 bytes.
struct Steps {
    document: DocumentId,
    task: TaskId,
    made: usize,
}

impl Steps {
    fn new() -> Steps {
        Steps { document: DocumentId::generate(), task: TaskId::generate(), made: 0 }
    }

    fn next(&mut self) -> Event {
        if self.made == EVENTS_A_DOCUMENT {
            *self = Steps::new();
        }
        self.made += 1;
        let version = u32::try_from(self.made).unwrap_or(u32::MAX);
        let (document, task) = (self.document, self.task);
        Event::TaskReleased { document, version, task, reason: ReleaseReason::Skipped }
    }
}

/// Stages events that wait for their place.
pub async fn preload(app: &App, organization: OrganizationId, events: usize) -> Result<()> {
    let (actor, mut steps) = (Actor::system(organization), Steps::new());
    for from in (0..events).step_by(PRELOADED) {
        let first = steps.next();
        let rest = (1..PRELOADED.min(events - from)).map(|_| steps.next()).collect();
        app.begin(&actor).await?.commit(first, rest).await?;
    }
    Ok(())
}

/// Sequences until nothing waits in any of the logs; how many leaves this process made, and how long it took.
///
/// Several processes may do so at once: each takes the logs that no other is at.
pub async fn drain(app: &App, organizations: &[OrganizationId]) -> Result<(u64, Duration)> {
    let (begun, mut placed) = (Instant::now(), 0);
    loop {
        let (mut waiting, before) = (false, placed);
        for organization in log::organizations_waiting(app.store().reader()).await? {
            if organizations.contains(&organization) {
                placed += ledger::sequence::sequence(app, organization).await?;
                waiting = true;
            }
        }
        if !waiting {
            return Ok((placed, begun.elapsed()));
        }
        if placed == before {
            // Other processes are at all of them.
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

/// Commits units of one event each, from `writers` at once, while the application [runs](App::run); units a second.
pub async fn commit_units(app: &App, organization: OrganizationId, writers: usize, lasting: Duration) -> Result<f64> {
    let begun = Instant::now();
    let writing = (0..writers).map(|_| async move {
        let (actor, mut steps, mut units) = (Actor::system(organization), Steps::new(), 0_u32);
        while begun.elapsed() < lasting {
            app.begin(&actor).await?.commit(steps.next(), vec![]).await?;
            units += 1;
        }
        Ok::<u32, Error>(units)
    });
    let units = futures_util::future::join_all(writing).await.into_iter().sum::<Result<u32>>()?;
    Ok(f64::from(units) / begun.elapsed().as_secs_f64())
}

/// Milliseconds that most events wait.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// From the begin of the unit to its leaf, 99 of a hundred.
    pub sequenced_p99: i64,
    /// From the leaf to the first checkpoint that covers it, 99 of a hundred.
    pub signed_p99: i64,
    pub leaves: usize,
}

/// How long the events of a log, which is settled, had waited.
pub async fn waits(app: &App, organization: OrganizationId) -> Result<Waits> {
    let (reader, log) = (app.store().reader(), ledger::present_log(app, organization).await?);
    let mut checkpoints = Vec::new();
    loop {
        let after = checkpoints.last().map_or(0, |row: &log::CheckpointRow| row.size);
        let rows = log::checkpoints_over(reader, log, after, CHUNK).await?;
        if rows.is_empty() {
            break;
        }
        checkpoints.extend(rows);
    }
    let (mut sequenced, mut signed, mut seq) = (Vec::new(), Vec::new(), 0);
    loop {
        let leaves = log::leaves(reader, log, seq, CHUNK).await?;
        let Some(last) = leaves.last() else { break };
        seq = last.seq + 1;
        for leaf in &leaves {
            let parsed = audit::Leaf::parse(&leaf.bytes)?;
            let recorded_at = parsed.place().recorded_at.get();
            sequenced.push(recorded_at - parsed.draft().occurred_at.get());
            let covering = checkpoints.partition_point(|row| row.size <= leaf.seq);
            signed.extend(checkpoints.get(covering).map(|row| row.signed_at - recorded_at));
        }
    }
    let leaves = sequenced.len();
    Ok(Waits { sequenced_p99: percentile(sequenced), signed_p99: percentile(signed), leaves })
}

fn percentile(mut waits: Vec<i64>) -> i64 {
    waits.sort_unstable();
    waits.get(waits.len().saturating_sub(1) * 99 / 100).copied().unwrap_or(0)
}

/// The organizations that [`make_organization`] made under these names.
pub async fn find_organizations(app: &App, names: &[String]) -> Result<Vec<OrganizationId>> {
    let all: HashMap<String, OrganizationId> =
        account::organizations(app.store().reader()).await?.into_iter().map(|(id, name)| (name, id)).collect();
    Ok(names.iter().filter_map(|name| all.get(name).copied()).collect())
}
