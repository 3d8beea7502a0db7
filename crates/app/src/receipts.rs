//! Receipts: for every decision a small file that proves, without us, that it stands in the log. Whoever keeps one holds
//! a signed head of the log, which can't be taken back.

use std::collections::HashMap;

use audit::{Draft, Leaf, Value};
use domain::{
    actor::{Actor, ActorKind},
    id::{ActorId, EventId, TaskId},
    job::JobKind,
    policy::Action,
};

use crate::{
    App,
    error::{Error, InternalError, Result},
    holders::Way,
    jobs::{Claim, Done},
    ledger::proof_files,
    mail::Letter,
    permission::require,
    store::{
        account, evidence, holder, job,
        log::{self, LeafRow, LogId},
    },
    unit::{Scope, Unit},
};

pub(crate) const DECIDED: &str = "task.decided/v1";

/// Proof that a decision is leaf `index` of the log (C2SP tlog-proof, with the leaf's bytes as extra data).
#[derive(Clone, Debug)]
pub struct Receipt {
    pub event: EventId,
    pub index: u64,
    /// Of the checkpoint that it is proven under, which is the first that covers it.
    pub checkpoint_size: u64,
    /// The file.
    pub text: String,
    log: LogId,
}

/// The receipts of those events that are decisions and are signed by now.
pub async fn receipts_of_events(app: &App, actor: &Actor, ids: &[EventId]) -> Result<Vec<Receipt>> {
    require(app, actor, Action::ReadDocument).await?;
    receipts(app, &app.scope(actor), ids).await
}

/// The receipts of decided tasks, as far as they are signed by now.
pub async fn receipts_of_tasks(app: &App, actor: &Actor, ids: &[TaskId]) -> Result<Vec<(TaskId, Receipt)>> {
    require(app, actor, Action::ReadTask).await?;
    let scope = app.scope(actor);
    let decisions = evidence::decisions(&scope, ids).await?;
    let events: Vec<EventId> = decisions.iter().map(|(_, event)| *event).collect();
    let found = receipts(app, &scope, &events).await?;
    let tasks: HashMap<EventId, TaskId> = decisions.into_iter().map(|(task, event)| (event, task)).collect();
    Ok(found.into_iter().filter_map(|receipt| Some((*tasks.get(&receipt.event)?, receipt))).collect())
}

/// The receipt of one decision.
///
/// # Errors
/// Not found for what is no decision; conflict `NOT_SIGNED_YET`, for about a second after it.
pub async fn receipt_file(app: &App, actor: &Actor, id: EventId) -> Result<Receipt> {
    require(app, actor, Action::ReadDocument).await?;
    let scope = app.scope(actor);
    let event = log::find_events(&scope, &[id]).await?.pop().filter(|event| event.kind == DECIDED);
    event.ok_or(Error::NotFound)?;
    receipt(app, &scope, id).await?.ok_or_else(|| {
        Error::conflict("NOT_SIGNED_YET", "The log is signed about once a second: ask again in a moment")
    })
}

/// `None` for what is no decision, and until the first checkpoint covers it.
async fn receipt(app: &App, scope: &Scope<'_>, id: EventId) -> Result<Option<Receipt>> {
    Ok(receipts(app, scope, &[id]).await?.pop())
}

/// In the order of the log. The leaves are asked for at once, and the proofs of all that one checkpoint was the first to
/// cover, too.
async fn receipts(app: &App, scope: &Scope<'_>, ids: &[EventId]) -> Result<Vec<Receipt>> {
    let mut decided = Vec::new();
    for (log, leaf) in evidence::leaves_of(scope, ids).await? {
        if Leaf::parse(&leaf.bytes)?.draft().kind == DECIDED {
            decided.push((log, leaf));
        }
    }
    let mut receipts = Vec::new();
    while let Some((log, first)) = decided.first().map(|(log, leaf)| (*log, leaf.seq)) {
        let covering = log::checkpoints_over(scope.connection(), log, first, 1).await?.pop();
        let (size, checkpoint) = covering.map_or((u64::MAX, None), |found| (found.size, Some(found)));
        let end = decided.iter().position(|(of, leaf)| *of != log || leaf.seq >= size).unwrap_or(decided.len());
        let covered: Vec<(LogId, LeafRow)> = decided.drain(..end).collect();
        let Some(checkpoint) = checkpoint else { continue };
        let leaves: Vec<&LeafRow> = covered.iter().map(|(_, leaf)| leaf).collect();
        let proofs = proof_files(app, log, &leaves, &checkpoint, true).await?;
        receipts.extend(leaves.into_iter().zip(proofs).map(|(leaf, proof)| Receipt {
            event: leaf.event,
            index: leaf.seq,
            checkpoint_size: size,
            text: proof.to_string(),
            log,
        }));
    }
    Ok(receipts)
}

/// Sees to it that who decides gets the receipt by mail. The job commits with the decision, whose event is the first of
/// the unit, or not at all.
pub(crate) async fn enqueue(app: &App, unit: &mut Unit) -> Result<()> {
    let wanted = app.mailer().is_some_and(|mailer| mailer.settings().receipts);
    if wanted && unit.actor().kind == ActorKind::User {
        let decision = unit.event();
        job::enqueue(unit, JobKind::SendReceipt, decision.0, 0).await?;
    }
    Ok(())
}

/// The job: waits for the checkpoint, then for the mail server.
pub(crate) async fn send_receipt(app: &App, claim: &Claim, id: EventId) -> Result<Done> {
    let Some(mailer) = app.mailer() else { return Ok(Done::Nothing) };
    let actor = Actor::system(claim.organization);
    let scope = app.scope(&actor);
    let Some(event) = log::find_events(&scope, &[id]).await?.pop() else { return Ok(Done::Nothing) };
    let decision = Draft::decode(&event.draft)?;
    let Ok(reviewer) = decision.actor.id.parse::<ActorId>() else { return Ok(Done::Nothing) };
    // Who left, or was erased, gets no mail.
    let Some(address) = account::address(&scope, reviewer).await? else { return Ok(Done::Nothing) };
    let Some(receipt) = receipt(app, &scope, id).await? else { return Ok(Done::NotYet) };
    let letter = Letter {
        to: &address,
        subject: format!("Receipt of your decision, leaf {}", receipt.index),
        text: words(&decision, &receipt)?,
        file_name: format!("receipt-{}.tlog-proof", receipt.index),
        file: receipt.text.clone(),
        id: format!("receipt-{id}"),
    };
    mailer.send(letter).await?;
    // A crash here sends the mail again; it has the same Message-ID.
    let mut bookkeeping = app.bookkeeping().await?;
    holder::record(&mut bookkeeping, receipt.log, Way::Receipt, receipt.checkpoint_size).await?;
    bookkeeping.commit().await?;
    Ok(Done::Nothing)
}

/// What was decided, without a word of what stands on the document.
fn words(decision: &Draft, receipt: &Receipt) -> Result<String> {
    let Value::Object(data) = &decision.data else {
        return Err(InternalError::Stored("what a decision says".into()).into());
    };
    let said = |name: &str| match data.get(name) {
        Some(Value::String(text)) => text.as_str(),
        _ => "-",
    };
    let did = match said("decision") {
        "APPROVE" => "approved",
        "REJECT" => "rejected",
        "ESCALATE" => "escalated",
        _ => "decided on",
    };
    let at = domain::time::Timestamp(decision.occurred_at.get());
    let (document, task, index) = (&decision.subject.id, said("task"), receipt.index);
    Ok(format!(
        "\
You {did} a document at {at}.

  document  {document}
  task      {task}
  recorded  as leaf {index} of the audit log

The attached receipt proves it. Keep it: whoever runs the log can no longer
change or remove your decision without being found out by this file.

To check it, take the log's public key from your administrator or auditor, not
from this mail:

  countersign-verify receipt receipt-{index}.tlog-proof --key VKEY

Did you not take this decision? Then tell your administrator at once.
"
    ))
}
