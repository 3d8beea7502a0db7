//! What belongs to leaves and is kept outside them: disclosures, statements, uploaded files.

use std::collections::HashMap;

use audit::{Digest, Leaf, bundle::DisclosureLine, disclosure::Disclosure, signing_key::PublicKey};
use domain::{bundle::BundleRequest, id::DocumentId};

use super::package::{Growing, Package};
use crate::{
    App,
    error::{InternalError, Result},
    ledger::{Opener, Owner},
    store::{document, evidence, evidence::StatementRow, log::LeafRow, reading},
    unit::Scope,
};

/// Digests looked up in one statement.
const DIGESTS: usize = 1_000;

pub(super) struct Outside<'a> {
    app: &'a App,
    scope: &'a Scope<'a>,
    request: BundleRequest,
    disclosures: Option<Growing>,
    opener: Opener,
}

impl<'a> Outside<'a> {
    pub fn new(app: &'a App, scope: &'a Scope<'a>, request: BundleRequest, package: &Package) -> Result<Outside<'a>> {
        let disclosures = request.disclosures.then(|| package.grow()).transpose()?;
        Ok(Outside { app, scope, request, disclosures, opener: Opener::default() })
    }

    /// Adds what belongs to these leaves, which come in the order of the log.
    pub async fn add(&mut self, package: &mut Package, leaves: &[LeafRow]) -> Result<()> {
        self.add_statements(package, leaves).await?;
        if !self.request.disclosures && !self.request.documents {
            return Ok(());
        }
        let parsed = leaves.iter().map(super::parse).collect::<Result<Vec<_>>>()?;
        if self.request.disclosures {
            self.add_disclosures(&parsed).await?;
        }
        if self.request.documents {
            let received = parsed.iter().filter(|leaf| leaf.draft().kind == "document.received/v1");
            for id in received.filter_map(|leaf| leaf.draft().subject.id.parse().ok()) {
                self.add_document(package, id).await?;
            }
        }
        Ok(())
    }

    pub async fn finish(self, package: &mut Package) -> Result<()> {
        match self.disclosures {
            Some(lines) => package.add_grown("disclosures.ndjson", lines).await,
            None => Ok(()),
        }
    }

    async fn add_disclosures(&mut self, leaves: &[Leaf]) -> Result<()> {
        let digests: Vec<(u64, Digest)> = leaves
            .iter()
            .flat_map(|leaf| {
                let (draft, seq) = (leaf.draft(), leaf.place().seq);
                draft.subject.commit.iter().chain(&draft.sd).map(move |digest| (seq, *digest))
            })
            .collect();
        for chunk in digests.chunks(DIGESTS) {
            let wanted: Vec<Digest> = chunk.iter().map(|(_, digest)| *digest).collect();
            let mut opened = HashMap::new();
            for row in evidence::disclosures(self.scope, &wanted).await? {
                if let Some(plain) = self.opener.open(self.app, self.scope, &row.owner, &row.sealed).await? {
                    opened.insert(row.digest, plain);
                }
            }
            for (seq, digest) in chunk {
                // What is not there was erased; the verifier finds the event that says so.
                let Some(plain) = opened.remove(digest) else { continue };
                let disclosure = Disclosure::parse(&plain)?;
                if disclosure.digest() != *digest {
                    return Err(InternalError::Stored("a disclosure".into()).into());
                }
                let text = String::from_utf8(plain).map_err(|_| InternalError::Stored("a disclosure".into()))?;
                let line = DisclosureLine { seq: *seq, disclosure: text }.encode();
                let line = line.map_err(|error| InternalError::Other(error.to_string()))?;
                if let Some(lines) = &mut self.disclosures {
                    lines.line(&line)?;
                }
            }
        }
        Ok(())
    }

    async fn add_statements(&mut self, package: &mut Package, leaves: &[LeafRow]) -> Result<()> {
        let events: Vec<_> = leaves.iter().map(|leaf| leaf.event).collect();
        let mut rows = evidence::statements(self.scope, &events).await?;
        for leaf in leaves {
            let Some(at) = rows.iter().position(|row| row.event == leaf.event) else { continue };
            let row = rows.swap_remove(at);
            self.add_statement(package, leaf.seq, row).await?;
        }
        Ok(())
    }

    async fn add_statement(&mut self, package: &mut Package, seq: u64, row: StatementRow) -> Result<()> {
        // The text names the signer; the signature is checked without it, too.
        if self.request.disclosures
            && let Some(sealed) = &row.sealed_text
            && let Some(text) = self.opener.open(self.app, self.scope, &Owner::actor(row.actor), sealed).await?
        {
            package.add(&format!("statements/{seq}.txt"), &text).await?;
        }
        package.add(&format!("statements/{seq}.sig"), &row.signature).await?;
        let parts = [("authdata", &row.authenticator_data), ("clientdata", &row.client_data)];
        for (extension, bytes) in parts {
            if let Some(bytes) = bytes {
                package.add(&format!("statements/{seq}.{extension}"), bytes).await?;
            }
        }
        let path = format!("keys/{}.pem", row.kid);
        if !package.has(&path)
            && let Some(spki) = evidence::signing_key(self.scope, &row.kid).await?
        {
            let key =
                PublicKey::from_spki_der(&spki).map_err(|error| InternalError::Stored(format!("a key: {error}")))?;
            package.add(&path, key.to_pem().as_bytes()).await?;
        }
        Ok(())
    }

    /// The exact bytes that were uploaded; none when they were erased.
    async fn add_document(&mut self, package: &mut Package, id: DocumentId) -> Result<()> {
        let Some(document) = document::find(self.scope, &[id]).await?.pop() else { return Ok(()) };
        if document.state == domain::document::DocumentState::Erased {
            return Ok(());
        }
        let blob = document::file_blob(self.scope, document.file).await?;
        let path = format!("documents/{}", reading::find_blob(self.scope, blob).await?.sha256);
        if package.has(&path) {
            return Ok(());
        }
        let (_, pieces) = self.app.blobs().stream(self.scope, blob).await?;
        package.add_stream(&path, pieces).await
    }
}
