//! The whole log: every leaf, every checkpoint at its size, every tile.

use super::disclosures::Disclosures;
use super::tiles::Tiles;
use super::{Bundle, Checked, Finding, Held, Progress};
use super::{files, leaves};
use crate::checkpoint::Checkpoint;
use crate::keyring::Keyring;
use crate::verify::{BreakCode, Custody, Evidence, LogVerifier, Recovery};

pub(super) fn read(
    bundle: Bundle<'_>,
    keyring: Keyring,
    note: &str,
    disclosures: &mut Disclosures<'_>,
    checked: &mut Checked,
    progress: &mut dyn FnMut(Progress),
) -> Result<Held, Finding> {
    let mut log = LogVerifier::with_keys(keyring);
    for (size, prior) in prior_checkpoints(bundle)? {
        check_size(&prior, size)?;
        log.consider_note(&prior)?;
    }
    log.expect_note(note, Custody::Stored)?;
    for pin in &bundle.pins.checkpoints {
        log.expect_note(pin, Custody::Pinned)?;
    }
    let mut tiles = Tiles::of(bundle.files);
    leaves::for_each_batch(bundle.files, bundle.threads, |batch, read| {
        for leaf in &batch {
            let evidence = leaf.as_ref().map_or(Ok(Evidence::default()), |leaf| bundle.beside(leaf, disclosures))?;
            let staged = log.stage(leaf, evidence);
            (checked.leaves, checked.checkpoints) = (log.size(), log.checkpoints_met().0);
            staged?;
            if let Ok(leaf) = leaf {
                tiles.append(leaf.leaf.bytes(), leaf.hash)?;
            }
        }
        log.settle(bundle.threads)?;
        checked.signatures = log.signatures_verified();
        progress(read);
        Ok(())
    })?;
    let pins = log.checkpoints_met().1;
    let (recovery, keyring) = (log.recovery().cloned(), log.keyring().clone());
    let head = log.finish()?;
    if head.size > head.signed {
        let message = "leaves from here on are not covered by the checkpoint";
        return Err(Finding::at(BreakCode::SizeShort, head.signed, message));
    }
    tiles.finish()?;
    let mut proves = vec![format!("These are all {} leaves of the log, unchanged and in their order.", head.size)];
    proves.extend(recovery.map(|Recovery { previous, size, root, reason }| {
        format!("It goes on from the log {previous}, which ended with {size} leaves and the root {root} ({reason}).")
    }));
    Ok(Held { signed: bundle.open(&keyring, note)?, pins, proves })
}

/// `prior/<size>.checkpoint`, by size.
fn prior_checkpoints(bundle: Bundle<'_>) -> Result<Vec<(u64, String)>, Finding> {
    let sizes = bundle.files.listing().range("prior/".to_owned()..).map(|(path, _)| path);
    let sizes = sizes.take_while(|path| path.starts_with("prior/")).filter_map(|path| {
        let size = path.strip_prefix("prior/")?.strip_suffix(".checkpoint")?;
        Some((crate::proof_file::decimal(size)?, path))
    });
    let mut priors = Vec::new();
    for (size, path) in sizes {
        priors.push((size, files::read_text(bundle.files, path)?.unwrap_or_default()));
    }
    priors.sort_by_key(|(size, _)| *size);
    Ok(priors)
}

fn check_size(prior: &str, size: u64) -> Result<(), Finding> {
    match Checkpoint::unopened(prior) {
        Ok(claim) if claim.size != size => {
            let message = format!("prior/{size}.checkpoint is of {} leaves", claim.size);
            Err(Finding::bundle(BreakCode::BundleMalformed, message))
        }
        _ => Ok(()),
    }
}
