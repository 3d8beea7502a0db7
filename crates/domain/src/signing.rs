//! Keys with which reviewers sign.

use crate::words::words;

words! {
    SignatureAlgorithm { Ed25519 = "ED25519", Es256 = "ES256" }

    /// Who holds the private key.
    Custody {
        /// This server, which signs for a person who gives the password again; never called non-repudiable.
        ServerHeld = "SERVER_HELD",
        /// A device of the person's own.
        Device = "DEVICE",
        /// An authenticator that speaks WebAuthn.
        Passkey = "PASSKEY",
    }

    /// What a signature says (21 CFR 11.50).
    Meaning {
        Approval = "APPROVAL",
        Review = "REVIEW",
        Authorship = "AUTHORSHIP",
        Responsibility = "RESPONSIBILITY",
        Rejection = "REJECTION",
    }
}
