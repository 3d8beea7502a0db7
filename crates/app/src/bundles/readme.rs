//! The first file that whoever gets a bundle opens.

use domain::bundle::Extent;

use super::cut::Cut;

pub(super) fn text(cut: &Cut) -> String {
    let (holds, completeness) = match cut.request.extent {
        Extent::Log => {
            ("the whole log".to_owned(), "Every leaf from the first to the last is here, and verifying proves it.")
        }
        Extent::Document(id) => (
            format!("what was recorded about document {id}"),
            "Verifying proves that nothing about the document is left out up to the moment the bundle was asked for.",
        ),
        Extent::Period { from, to } => (
            format!("what was recorded from {from} on and before {to}"),
            "Verifying proves that nothing recorded in this time is left out.",
        ),
        Extent::Actor(id) => (
            format!("what actor {id} did"),
            "Each leaf is proven to be in the log. That none is left out can't be proven: ask for the whole log for that.",
        ),
    };
    let personal = if cut.request.disclosures {
        "disclosures.ndjson and statements/ hold personal data: treat the bundle accordingly."
    } else {
        "Personal values are not included; leaves name them by salted digests."
    };
    format!(
        "\
An audit bundle of Countersign
==============================

It holds {holds}, cut out of the log
  {origin}
of {size} leaves, made at {made_at}. {completeness}
{personal}

Verify it with a key that you got from the operator by another way than this
bundle. log.vkey is a copy for convenience: who forged the bundle forged it too.

  countersign-verify BUNDLE --key VKEY [--pin OLDER-CHECKPOINT]

BUNDLE is this folder, or the .tar. OLDER-CHECKPOINT is a checkpoint of this log
that you kept, from a receipt or a mail: it shows that nothing before it was
rewritten since. Without one, nobody but the operator vouches for the history.

With Python and its package `cryptography` alone, in a file short enough to read:

  python3 verify.py BUNDLE --key VKEY [--pin OLDER-CHECKPOINT]

Without our software:

  sha256sum --check --quiet MANIFEST.sha256
  openssl pkeyutl -verify -pubin -inkey log.pub.pem -rawin -in checkpoint.body -sigfile checkpoint.sig

Formats, all of them public: leaves are canonical JSON (RFC 8785), one a line in
events.ndjson, hashed into a Merkle tree (RFC 6962); checkpoint is a signed note
(C2SP signed-note, tlog-checkpoint); tile/ and proofs/ are C2SP tlog-tiles and
tlog-proof.
",
        origin = cut.origin,
        size = cut.size(),
        made_at = cut.made_at,
    )
}
