//! Reviewers' signatures: keys, statements, and what is signed.

use app::{
    IdempotencyKey,
    review::Verdict,
    signing::{self, Proof, Signature, Wish},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::document_type;

use crate::{
    caller::actor,
    error::Error,
    event::Event,
    id,
    loader::{self, Erasure},
    scalar::DateTime,
    task::Decision,
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::signing::SignatureAlgorithm")]
pub enum SignatureAlgorithm {
    #[graphql(name = "ED25519")]
    Ed25519,
    #[graphql(name = "ES256")]
    Es256,
}

/// Who holds the private key.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::signing::Custody")]
pub enum Custody {
    /// This server, which signs for a person who gives the password again. That proves what the server was told, not
    /// who told it.
    ServerHeld,
    /// A device of the person's own.
    Device,
    /// An authenticator of the person's own that speaks WebAuthn.
    Passkey,
}

/// What a signature says (21 CFR 11.50).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::signing::Meaning")]
pub enum Meaning {
    Approval,
    Review,
    Authorship,
    Responsibility,
    Rejection,
}

/// Whether decisions on documents of a type are signed.
#[derive(SimpleObject)]
pub struct SigningRule {
    required: bool,
    /// What a signature under an approval says.
    meaning: Meaning,
}

impl From<document_type::Signing> for SigningRule {
    fn from(rule: document_type::Signing) -> SigningRule {
        SigningRule { required: rule.required, meaning: rule.meaning.into() }
    }
}

/// A decision's signature, with name, time and meaning.
pub struct Statement(pub(crate) signing::SignedStatement);

#[Object]
impl Statement {
    /// As it was signed; null once erased.
    async fn signer_name(&self) -> Option<&str> {
        self.0.signer_name.as_deref()
    }

    /// What was signed, byte for byte; null once erased.
    async fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }

    async fn meaning(&self) -> Meaning {
        self.0.meaning.into()
    }

    /// `server_held`, `device_ed25519`, `webauthn_es256` or `webauthn_eddsa`, as the leaf says it.
    async fn algorithm(&self) -> &str {
        &self.0.algorithm
    }

    async fn custody(&self) -> Custody {
        self.0.custody.into()
    }

    async fn key_id(&self) -> &str {
        &self.0.kid
    }

    async fn signed_at(&self) -> DateTime {
        DateTime(self.0.signed_at)
    }

    /// Whether the signature holds now. It is over the text's hash, so it can still be told when the text was erased.
    async fn verifies(&self) -> bool {
        self.0.verifies
    }

    /// The event that erased the text.
    async fn erased_by(&self, ctx: &Context<'_>) -> Result<Option<Event>, Error> {
        erasure(ctx, self.0.erased_by).await
    }
}

/// The event of an erasure, for everybody who may see what was erased.
pub(crate) async fn erasure(ctx: &Context<'_>, id: Option<domain::id::EventId>) -> Result<Option<Event>, Error> {
    match id {
        Some(id) => Ok(loader::load(ctx, Erasure(id)).await?.map(Event)),
        None => Ok(None),
    }
}

/// A key of the viewer's own.
#[derive(SimpleObject)]
pub struct SigningKey {
    key_id: String,
    algorithm: SignatureAlgorithm,
    custody: Custody,
    enrolled_at: DateTime,
    revoked_at: Option<DateTime>,
}

impl From<signing::SigningKey> for SigningKey {
    fn from(key: signing::SigningKey) -> SigningKey {
        SigningKey {
            key_id: key.kid,
            algorithm: key.algorithm.into(),
            custody: key.custody.into(),
            enrolled_at: DateTime(key.enrolled_at),
            revoked_at: key.revoked_at.map(DateTime),
        }
    }
}

/// A statement that waits for its signature.
#[derive(SimpleObject)]
struct PreparedDecision {
    id: ID,
    /// The text to read and sign.
    statement: String,
    /// What a key of one's own signs: 32 bytes in base64url without padding.
    challenge: String,
    expires_at: DateTime,
}

/// For a key that the server holds: the password. For a key of one's own: the signature over the challenge, in base64url
/// without padding.
#[derive(InputObject)]
pub struct SignatureInput {
    prepared: ID,
    password: Option<String>,
    signature: Option<String>,
}

impl TryFrom<SignatureInput> for Signature {
    type Error = Error;

    fn try_from(input: SignatureInput) -> Result<Signature, Error> {
        let proof = match (input.password, input.signature) {
            (Some(password), None) => Proof::Password(password),
            (None, Some(signature)) => Proof::Signature(bytes("SIGNATURE_WRONG", &signature)?),
            _ => return Err(Error::invalid("SIGNATURE_KIND", "Send either a password or a signature")),
        };
        Ok(Signature { prepared: id::decode(&input.prepared)?, proof })
    }
}

fn bytes(reason: &'static str, text: &str) -> Result<Vec<u8>, Error> {
    URL_SAFE_NO_PAD.decode(text.trim()).map_err(|_| Error::invalid(reason, "Send it in base64url without padding"))
}

/// keyId: one of your keys; the one that the server holds for you where there is none.
#[derive(InputObject)]
struct PrepareDecisionInput {
    idempotency_key: String,
    task: ID,
    lease_token: i64,
    decision: Decision,
    reason: Option<String>,
    /// That of the document type where there is none; REJECTION for a rejection.
    meaning: Option<Meaning>,
    key_id: Option<String>,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct PrepareDecisionPayload {
    prepared: PreparedDecision,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct SigningKeyChallengeInput {
    idempotency_key: String,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct SigningKeyChallengePayload {
    challenge: String,
    expires_at: DateTime,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct EnrollSigningKeyInput {
    idempotency_key: String,
    /// SubjectPublicKeyInfo, as PEM or as base64 of its DER form.
    public_key: String,
    challenge: String,
    /// The signature over the challenge (`countersign sign prove`), in base64url without padding.
    proof: String,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct EnrollSigningKeyPayload {
    key: SigningKey,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct RevokeSigningKeyInput {
    idempotency_key: String,
    key_id: String,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct RevokeSigningKeyPayload {
    key: SigningKey,
    client_mutation_id: Option<String>,
}

async fn own_key(ctx: &Context<'_>, kid: &str) -> Result<SigningKey, Error> {
    let (app, actor) = actor(ctx)?;
    let own = signing::signing_keys(app, actor).await?.into_iter().find(|key| key.kid == kid);
    own.map(SigningKey::from).ok_or_else(Error::not_found)
}

#[derive(Default)]
pub struct SigningMutation;

#[Object]
impl SigningMutation {
    /// Writes the statement that decideTask is to be signed with. It is good for one decision on the document as it is
    /// now, and for a while.
    async fn prepare_decision(
        &self,
        ctx: &Context<'_>,
        input: PrepareDecisionInput,
    ) -> Result<PrepareDecisionPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let verdict = Verdict {
            task: id::decode(&input.task)?,
            lease_token: input.lease_token,
            decision: input.decision.into(),
            reason: input.reason,
        };
        let wish = Wish { verdict, meaning: input.meaning.map(Into::into), kid: input.key_id };
        let prepared = signing::prepare_decision(app, actor, key, wish).await?;
        let prepared = PreparedDecision {
            id: id::of(prepared.id),
            statement: prepared.text,
            challenge: prepared.challenge,
            expires_at: DateTime(prepared.expires_at),
        };
        Ok(PrepareDecisionPayload { prepared, client_mutation_id: input.client_mutation_id })
    }

    /// What the holder of a key signs to enrol it. Nothing is stored.
    async fn signing_key_challenge(
        &self,
        ctx: &Context<'_>,
        input: SigningKeyChallengeInput,
    ) -> Result<SigningKeyChallengePayload, Error> {
        let (app, actor) = actor(ctx)?;
        IdempotencyKey::parse(&input.idempotency_key)?;
        let challenge = signing::key_challenge(app, actor).await?;
        Ok(SigningKeyChallengePayload {
            challenge: challenge.text,
            expires_at: DateTime(challenge.expires_at),
            client_mutation_id: input.client_mutation_id,
        })
    }

    /// Enrols an Ed25519 key that you hold on a device of your own.
    async fn enroll_signing_key(
        &self,
        ctx: &Context<'_>,
        input: EnrollSigningKeyInput,
    ) -> Result<EnrollSigningKeyPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let (public_key, challenge) = (&input.public_key, &input.challenge);
        let proof = bytes("PROOF_WRONG", &input.proof)?;
        let kid = signing::enroll_signing_key(app, actor, key, public_key, challenge, &proof).await?;
        Ok(EnrollSigningKeyPayload { key: own_key(ctx, &kid).await?, client_mutation_id: input.client_mutation_id })
    }

    /// Makes one of your keys worthless from now on; what it signed stays signed.
    async fn revoke_signing_key(
        &self,
        ctx: &Context<'_>,
        input: RevokeSigningKeyInput,
    ) -> Result<RevokeSigningKeyPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        signing::revoke_signing_key(app, actor, key, &input.key_id).await?;
        Ok(RevokeSigningKeyPayload {
            key: own_key(ctx, &input.key_id).await?,
            client_mutation_id: input.client_mutation_id,
        })
    }
}
