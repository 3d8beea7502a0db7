//! The tables as sea-orm entities, column for column as in `migrations/src/ground.sql`.

macro_rules! tables {
    ($($module:ident $name:literal { $($(#[$attribute:meta])* $column:ident: $type:ty),+ $(,)? })+) => { $(
        pub mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $name)]
            pub struct Model { $($(#[$attribute])* pub $column: $type),+ }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    )+ };
}

tables! {
    installation "installation" {
        #[sea_orm(primary_key, auto_increment = false)]
        one: i32,
        host: String,
        created_at: i64,
    }
    organizations "organizations" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        name: String,
        created_at: i64,
    }
    users "users" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        email: Option<String>,
        name: Option<String>,
        password_hash: Option<String>,
        created_at: i64,
    }
    memberships "memberships" {
        #[sea_orm(primary_key, auto_increment = false)]
        actor_id: Uuid,
        organization_id: Uuid,
        user_id: Uuid,
        role: String,
        created_at: i64,
        erased_by: Option<Uuid>,
    }
    service_accounts "service_accounts" {
        #[sea_orm(primary_key, auto_increment = false)]
        actor_id: Uuid,
        organization_id: Uuid,
        name: String,
        role: String,
        token_hash: Vec<u8>,
        created_at: i64,
        revoked_at: Option<i64>,
    }
    sessions "sessions" {
        #[sea_orm(primary_key, auto_increment = false)]
        token_hash: Vec<u8>,
        id: Uuid,
        organization_id: Uuid,
        actor_id: Uuid,
        created_at: i64,
        expires_at: i64,
    }
    document_types "document_types" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        name: String,
        version: i32,
        source: String,
        straight_through: bool,
        created_at: i64,
    }
    blobs "blobs" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        sha256: String,
        byte_size: i64,
        key_id: Uuid,
        created_at: i64,
    }
    files "files" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        blob_id: Option<Uuid>,
        name: Option<String>,
        media_type: String,
        byte_size: i64,
        created_at: i64,
    }
    documents "documents" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        file_id: Uuid,
        first_page: Option<i32>,
        last_page: Option<i32>,
        state: String,
        version: i32,
        type_name: String,
        type_version: i32,
        priority: i32,
        captured_at: Option<i64>,
        device_id: Option<String>,
        source: Option<String>,
        failure_code: Option<String>,
        failure_message: Option<String>,
        reasons: String,
        straight_through: bool,
        received_at: i64,
        retain_until: Option<i64>,
        erase_after: Option<i64>,
        hold: bool,
        erased_by: Option<Uuid>,
    }
    pages "pages" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        document_id: Uuid,
        number: i32,
        width: i32,
        height: i32,
        blob_id: Uuid,
    }
    readings "readings" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        document_id: Uuid,
        engine: String,
        engine_version: String,
        pack: String,
        pack_version: String,
        confidence: i32,
        blob_id: Uuid,
        event_id: Uuid,
        read_at: i64,
    }
    fields "fields" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        document_id: Uuid,
        position: i32,
        name: String,
        version: i32,
        status: String,
        text: String,
        value: Option<String>,
        regions: String,
        confidence: i32,
        character_confidences: String,
        reasons: String,
        alternatives: String,
    }
    field_values "field_values" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        field_id: Uuid,
        version: i32,
        status: String,
        text: String,
        value: Option<String>,
        regions: String,
        confidence: Option<i32>,
        reason: Option<String>,
        actor_id: Uuid,
        event_id: Uuid,
        at: i64,
    }
    queues "queues" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        name: String,
        type_name: String,
    }
    tasks "tasks" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        document_id: Uuid,
        queue_id: Uuid,
        stage: i32,
        state: String,
        priority: i32,
        reasons: String,
        lease_holder: Option<Uuid>,
        lease_until: Option<i64>,
        lease_token: i64,
        decision: Option<String>,
        decided_by: Option<Uuid>,
        decided_at: Option<i64>,
        waiting_since: i64,
        created_at: i64,
    }
    jobs "jobs" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        kind: String,
        subject_id: Uuid,
        state: String,
        priority: i32,
        run_at: i64,
        attempts: i32,
        token: i64,
        lease_until: Option<i64>,
        last_error: Option<String>,
        created_at: i64,
        finished_at: Option<i64>,
    }
    idempotency_keys "idempotency_keys" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        actor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        operation: String,
        #[sea_orm(primary_key, auto_increment = false)]
        key: String,
        fingerprint: Vec<u8>,
        outcome: String,
        created_at: i64,
    }
    refusals "refusals" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        actor_id: Uuid,
        actor_kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        action: String,
        #[sea_orm(primary_key, auto_increment = false)]
        minute: i64,
        count: i32,
    }
    exports "exports" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        state: String,
        type_name: Option<String>,
        requested_at: i64,
        finished_at: Option<i64>,
        exported: Option<i64>,
        rejected: Option<i64>,
        blob_id: Option<Uuid>,
        failure_code: Option<String>,
        failure_message: Option<String>,
    }
    staged_events "staged_events" {
        #[sea_orm(primary_key)]
        position: i64,
        organization_id: Uuid,
        event_id: Uuid,
        kind: String,
        subject_kind: String,
        subject_id: String,
        actor_kind: String,
        actor_id: Uuid,
        draft: Vec<u8>,
        occurred_at: i64,
        epoch: Option<i32>,
        seq: Option<i64>,
    }
    log_heads "log_heads" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        epoch: i32,
        origin: String,
        size: i64,
        root: Vec<u8>,
        edge: Vec<u8>,
        last_hash: Option<Vec<u8>>,
        last_recorded_at: i64,
    }
    leaves "leaves" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        epoch: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        seq: i64,
        event_id: Uuid,
        hash: Vec<u8>,
        bytes: Vec<u8>,
    }
    log_subjects "log_subjects" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        epoch: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        subject_kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        subject_id: String,
        next_seq: i64,
        last_hash: Vec<u8>,
    }
    checkpoints "checkpoints" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        epoch: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        size: i64,
        root: Vec<u8>,
        note: String,
        signed_at: i64,
    }
    disclosures "disclosures" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        digest: Vec<u8>,
        event_id: Uuid,
        subject_kind: String,
        subject_id: String,
        sealed: Vec<u8>,
    }
    subject_keys "subject_keys" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        subject_kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        subject_id: String,
        sealed: Vec<u8>,
    }
    tree_nodes "tree_nodes" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        epoch: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        level: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        position: i64,
        hash: Vec<u8>,
    }
    audit_bundles "audit_bundles" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        state: String,
        kind: String,
        document_id: Option<Uuid>,
        subject_actor_id: Option<Uuid>,
        period_from: Option<i64>,
        period_to: Option<i64>,
        since: Option<i64>,
        disclosures: bool,
        documents: bool,
        requested_by: Uuid,
        requested_at: i64,
        finished_at: Option<i64>,
        log_size: Option<i64>,
        leaves: Option<i64>,
        blob_id: Option<Uuid>,
        failure_code: Option<String>,
        failure_message: Option<String>,
    }
    checkpoint_recipients "checkpoint_recipients" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        address: String,
        created_at: i64,
    }
    outside_heads "outside_heads" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        way: String,
        epoch: i32,
        size: i64,
        sent_at: i64,
    }
    signing_keys "signing_keys" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        kid: String,
        actor_id: Uuid,
        algorithm: String,
        custody: String,
        spki: Vec<u8>,
        sealed_seed: Option<Vec<u8>>,
        event_id: Uuid,
        enrolled_at: i64,
        revoked_at: Option<i64>,
    }
    prepared_decisions "prepared_decisions" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organization_id: Uuid,
        actor_id: Uuid,
        task_id: Uuid,
        document_version: i32,
        decision: String,
        meaning: String,
        kid: String,
        sealed_statement: Vec<u8>,
        expires_at: i64,
        used_at: Option<i64>,
    }
    statements "statements" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        event_id: Uuid,
        task_id: Uuid,
        actor_id: Uuid,
        kid: String,
        algorithm: String,
        meaning: String,
        signed_at: i64,
        sealed_text: Option<Vec<u8>>,
        signature: Vec<u8>,
        authenticator_data: Option<Vec<u8>>,
        client_data: Option<Vec<u8>>,
    }
    document_views "document_views" {
        #[sea_orm(primary_key, auto_increment = false)]
        organization_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        actor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        document_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        hour: i64,
    }
}
