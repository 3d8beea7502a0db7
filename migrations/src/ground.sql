-- One text for both databases: {uuid}, {bytes} and {serial} are filled in by ground.rs.
-- Times are milliseconds since 1970, shares are parts per million, lists and quads are JSON text.
-- Every row but a user belongs to one organization.

CREATE TABLE installation (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  host TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE organizations (
  id {uuid} PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE users (
  id {uuid} PRIMARY KEY,
  -- All three null once the person is erased.
  email TEXT UNIQUE,
  name TEXT,
  password_hash TEXT,
  created_at BIGINT NOT NULL
);

-- actor_id is the pseudonym under which the person or program stands in the log.
CREATE TABLE memberships (
  actor_id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  user_id {uuid} NOT NULL REFERENCES users (id),
  role TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- The event that erased the person.
  erased_by {uuid},
  UNIQUE (organization_id, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id);

CREATE TABLE service_accounts (
  actor_id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  token_hash {bytes} NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);

CREATE TABLE sessions (
  token_hash {bytes} PRIMARY KEY,
  id {uuid} NOT NULL UNIQUE,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  actor_id {uuid} NOT NULL REFERENCES memberships (actor_id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE document_types (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  source TEXT NOT NULL,
  straight_through BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (organization_id, name, version)
);

-- An object of the blob store, owned by the one row that names it.
CREATE TABLE blobs (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  sha256 TEXT NOT NULL,
  byte_size BIGINT NOT NULL,
  key_id {uuid} NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE files (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  -- Null once erased.
  blob_id {uuid} UNIQUE REFERENCES blobs (id),
  name TEXT,
  media_type TEXT NOT NULL,
  byte_size BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE documents (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  file_id {uuid} NOT NULL REFERENCES files (id),
  -- A range of the file's pages; null for both: the whole file.
  first_page INTEGER,
  last_page INTEGER,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  type_name TEXT NOT NULL,
  type_version INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  captured_at BIGINT,
  device_id TEXT,
  source TEXT,
  failure_code TEXT,
  failure_message TEXT,
  reasons TEXT NOT NULL,
  straight_through BOOLEAN NOT NULL,
  received_at BIGINT NOT NULL,
  retain_until BIGINT,
  erase_after BIGINT,
  hold BOOLEAN NOT NULL,
  -- The event that erased it.
  erased_by {uuid}
);
CREATE INDEX documents_newest ON documents (organization_id, received_at, id);
CREATE INDEX documents_by_state ON documents (organization_id, state, received_at, id);
CREATE INDEX documents_to_erase ON documents (erase_after) WHERE erase_after IS NOT NULL;
CREATE INDEX documents_by_type ON documents (organization_id, type_name, received_at, id);

CREATE TABLE pages (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  document_id {uuid} NOT NULL REFERENCES documents (id),
  number INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  blob_id {uuid} NOT NULL UNIQUE REFERENCES blobs (id),
  UNIQUE (document_id, number)
);

CREATE TABLE readings (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  document_id {uuid} NOT NULL REFERENCES documents (id),
  engine TEXT NOT NULL,
  engine_version TEXT NOT NULL,
  pack TEXT NOT NULL,
  pack_version TEXT NOT NULL,
  confidence INTEGER NOT NULL,
  blob_id {uuid} NOT NULL UNIQUE REFERENCES blobs (id),
  event_id {uuid} NOT NULL,
  read_at BIGINT NOT NULL
);
CREATE INDEX readings_of_document ON readings (document_id, read_at);

-- The present value is a copy of the newest field_values row, so that lists need no join.
CREATE TABLE fields (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  document_id {uuid} NOT NULL REFERENCES documents (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  text TEXT NOT NULL,
  value TEXT,
  regions TEXT NOT NULL,
  confidence INTEGER NOT NULL,
  character_confidences TEXT NOT NULL,
  reasons TEXT NOT NULL,
  alternatives TEXT NOT NULL,
  UNIQUE (document_id, name)
);

CREATE TABLE field_values (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  field_id {uuid} NOT NULL REFERENCES fields (id),
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  text TEXT NOT NULL,
  value TEXT,
  regions TEXT NOT NULL,
  confidence INTEGER,
  reason TEXT,
  actor_id {uuid} NOT NULL,
  event_id {uuid} NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (field_id, version)
);

CREATE TABLE queues (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  name TEXT NOT NULL,
  type_name TEXT NOT NULL,
  UNIQUE (organization_id, type_name)
);

CREATE TABLE tasks (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  document_id {uuid} NOT NULL REFERENCES documents (id),
  queue_id {uuid} NOT NULL REFERENCES queues (id),
  stage INTEGER NOT NULL,
  state TEXT NOT NULL,
  priority INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  lease_holder {uuid},
  lease_until BIGINT,
  lease_token BIGINT NOT NULL,
  decision TEXT,
  decided_by {uuid},
  decided_at BIGINT,
  -- Since when it has been open: a task that is skipped goes to the end.
  waiting_since BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX tasks_next ON tasks (organization_id, state, priority DESC, waiting_since, id);
CREATE INDEX tasks_next_of_queue ON tasks (queue_id, state, priority DESC, waiting_since, id);
CREATE INDEX tasks_of_document ON tasks (document_id);
CREATE INDEX tasks_lease_end ON tasks (lease_until) WHERE lease_until IS NOT NULL;

CREATE TABLE jobs (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  kind TEXT NOT NULL,
  subject_id {uuid} NOT NULL,
  state TEXT NOT NULL,
  priority INTEGER NOT NULL,
  run_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  token BIGINT NOT NULL,
  lease_until BIGINT,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX jobs_ready ON jobs (priority DESC, run_at, id) WHERE state = 'READY';
CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'RUNNING';
CREATE INDEX jobs_dead ON jobs (organization_id, finished_at) WHERE state = 'DEAD';

CREATE TABLE idempotency_keys (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  actor_id {uuid} NOT NULL,
  operation TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint {bytes} NOT NULL,
  outcome TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organization_id, actor_id, operation, key)
);

-- Calls that were refused, counted until their minute is over and one event is made of them.
CREATE TABLE refusals (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  actor_id {uuid} NOT NULL,
  actor_kind TEXT NOT NULL,
  action TEXT NOT NULL,
  minute BIGINT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (organization_id, actor_id, action, minute)
);

CREATE TABLE exports (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  state TEXT NOT NULL,
  type_name TEXT,
  requested_at BIGINT NOT NULL,
  finished_at BIGINT,
  exported BIGINT,
  rejected BIGINT,
  blob_id {uuid} UNIQUE REFERENCES blobs (id),
  failure_code TEXT,
  failure_message TEXT
);
CREATE INDEX exports_newest ON exports (organization_id, requested_at, id);

-- The log. A staged event is a leaf in waiting: seq is null until the sequencer gave it its place.
CREATE TABLE staged_events (
  position {serial},
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  event_id {uuid} NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id {uuid} NOT NULL,
  draft {bytes} NOT NULL,
  occurred_at BIGINT NOT NULL,
  -- Its place: which of the organization's logs, and where in it. Null until it is sequenced.
  epoch INTEGER,
  seq BIGINT
);
CREATE INDEX staged_waiting ON staged_events (organization_id, position) WHERE seq IS NULL;
-- A page of the log, newest first, of each filter by itself.
CREATE INDEX staged_newest ON staged_events (organization_id, occurred_at, position);
CREATE INDEX staged_of_subject ON staged_events (organization_id, subject_id, occurred_at, position);
CREATE INDEX staged_of_actor ON staged_events (organization_id, actor_id, occurred_at, position);
CREATE INDEX staged_of_kind ON staged_events (organization_id, kind, occurred_at, position);

-- The logs of an organization, one an epoch; only the newest grows.
CREATE TABLE log_heads (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  epoch INTEGER NOT NULL,
  origin TEXT NOT NULL,
  size BIGINT NOT NULL,
  root {bytes} NOT NULL,
  edge {bytes} NOT NULL,
  last_hash {bytes},
  last_recorded_at BIGINT NOT NULL,
  PRIMARY KEY (organization_id, epoch)
);

CREATE TABLE leaves (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  epoch INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  event_id {uuid} NOT NULL UNIQUE,
  hash {bytes} NOT NULL,
  bytes {bytes} NOT NULL,
  PRIMARY KEY (organization_id, epoch, seq)
);

-- The last link of each subject's chain.
CREATE TABLE log_subjects (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  epoch INTEGER NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  next_seq BIGINT NOT NULL,
  last_hash {bytes} NOT NULL,
  PRIMARY KEY (organization_id, epoch, subject_kind, subject_id)
);

CREATE TABLE checkpoints (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  epoch INTEGER NOT NULL,
  size BIGINT NOT NULL,
  root {bytes} NOT NULL,
  note TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  PRIMARY KEY (organization_id, epoch, size)
);

-- Personal values of events, each sealed under the key of whom it speaks of, which is the event's subject or its
-- actor: erasing deletes row and key, the leaf stays.
CREATE TABLE disclosures (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  digest {bytes} NOT NULL,
  event_id {uuid} NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (organization_id, digest)
);
CREATE INDEX disclosures_of_subject ON disclosures (organization_id, subject_kind, subject_id);

-- An empty key is one that was erased: no other is made in its place.
CREATE TABLE subject_keys (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (organization_id, subject_kind, subject_id)
);

-- Roots of complete subtrees of 256^level leaves (C2SP tlog-tiles, levels 1 and up; level 0 are the leaves' hashes).
CREATE TABLE tree_nodes (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  epoch INTEGER NOT NULL,
  level INTEGER NOT NULL,
  position BIGINT NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (organization_id, epoch, level, position)
);

CREATE TABLE audit_bundles (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  state TEXT NOT NULL,
  -- LOG, DOCUMENT, PERIOD or ACTOR, with what belongs to each.
  kind TEXT NOT NULL,
  document_id {uuid},
  subject_actor_id {uuid},
  period_from BIGINT,
  period_to BIGINT,
  -- The size of an older checkpoint that the bundle is to be consistent with.
  since BIGINT,
  disclosures BOOLEAN NOT NULL,
  documents BOOLEAN NOT NULL,
  requested_by {uuid} NOT NULL,
  requested_at BIGINT NOT NULL,
  finished_at BIGINT,
  log_size BIGINT,
  leaves BIGINT,
  blob_id {uuid} UNIQUE REFERENCES blobs (id),
  failure_code TEXT,
  failure_message TEXT
);
CREATE INDEX audit_bundles_newest ON audit_bundles (organization_id, requested_at, id);

-- Where the heads of a log are sent by mail.
CREATE TABLE checkpoint_recipients (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organization_id, address)
);

-- The largest head that left the operator's control, by the way it took: MAIL, RECEIPT.
CREATE TABLE outside_heads (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  way TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  size BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  PRIMARY KEY (organization_id, way)
);

-- A reviewer's keys for signing. Only a server-held one has its seed here, sealed under the master key.
CREATE TABLE signing_keys (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  kid TEXT NOT NULL,
  actor_id {uuid} NOT NULL,
  algorithm TEXT NOT NULL,
  custody TEXT NOT NULL,
  spki {bytes} NOT NULL,
  sealed_seed {bytes},
  event_id {uuid} NOT NULL,
  enrolled_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (organization_id, kid)
);
CREATE INDEX signing_keys_of_actor ON signing_keys (organization_id, actor_id);

-- A statement that waits for its signature: used once, or not at all.
CREATE TABLE prepared_decisions (
  id {uuid} PRIMARY KEY,
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  actor_id {uuid} NOT NULL,
  task_id {uuid} NOT NULL,
  document_version INTEGER NOT NULL,
  decision TEXT NOT NULL,
  meaning TEXT NOT NULL,
  kid TEXT NOT NULL,
  sealed_statement {bytes} NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX prepared_decisions_expiry ON prepared_decisions (expires_at);
CREATE INDEX prepared_decisions_of_task ON prepared_decisions (task_id);

-- Signed statements. The text is sealed under the signer's key, and erased with the signer or the document; what
-- verifies the signature stays.
CREATE TABLE statements (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  event_id {uuid} NOT NULL,
  task_id {uuid} NOT NULL,
  actor_id {uuid} NOT NULL,
  kid TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  meaning TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  sealed_text {bytes},
  signature {bytes} NOT NULL,
  authenticator_data {bytes},
  client_data {bytes},
  PRIMARY KEY (organization_id, event_id)
);
CREATE UNIQUE INDEX statements_of_task ON statements (task_id);
CREATE INDEX statements_of_actor ON statements (organization_id, actor_id);

-- Looks at documents that were recorded already: one event an actor, document and hour.
CREATE TABLE document_views (
  organization_id {uuid} NOT NULL REFERENCES organizations (id),
  actor_id {uuid} NOT NULL,
  document_id {uuid} NOT NULL,
  hour BIGINT NOT NULL,
  PRIMARY KEY (organization_id, actor_id, document_id, hour)
);
