-- The first schema. BYTES becomes BLOB or BYTEA; BIGINT PRIMARY KEY is SQLite's own row id there. Ids come from
-- the application, times are epoch milliseconds.

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL, changed_at BIGINT NOT NULL);
CREATE TABLE counters (name TEXT PRIMARY KEY, next BIGINT NOT NULL);
-- Secrets by purpose: signed links, session tokens, arms, reply addresses. The newest signs, older ones verify.
CREATE TABLE keys (
  purpose TEXT NOT NULL, version BIGINT NOT NULL, secret BYTES NOT NULL, created_at BIGINT NOT NULL,
  PRIMARY KEY (purpose, version));

CREATE TABLE users (
  id BIGINT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
  password_hash TEXT, active BOOLEAN NOT NULL, created_at BIGINT NOT NULL, last_seen_at BIGINT);
CREATE TABLE invitations (
  id BIGINT PRIMARY KEY, email TEXT NOT NULL, name TEXT, role TEXT NOT NULL, token_hash BYTES NOT NULL UNIQUE,
  created_by BIGINT, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, accepted_at BIGINT);
-- One row: what the one-time link for the first admin is made from, so that all replicas print the same.
CREATE TABLE first_admin (id BIGINT PRIMARY KEY, nonce BYTES NOT NULL, expires_at BIGINT NOT NULL);
CREATE TABLE sessions (
  id BIGINT PRIMARY KEY, token_hash BYTES NOT NULL UNIQUE, user_id BIGINT NOT NULL REFERENCES users(id),
  created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL);
CREATE TABLE tokens (
  id BIGINT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, token_hash BYTES NOT NULL UNIQUE,
  created_by BIGINT, created_at BIGINT NOT NULL, last_used_at BIGINT, revoked_at BIGINT);
-- Failed sign-ins, form posts, automatic mails: what is limited per key and time.
CREATE TABLE attempts (id BIGINT PRIMARY KEY, bucket TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX attempts_bucket ON attempts (bucket, at);
CREATE TABLE idempotency (
  credential TEXT NOT NULL, route TEXT NOT NULL, key TEXT NOT NULL, body_hash BYTES NOT NULL,
  status BIGINT NOT NULL, response TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (credential, route, key));

CREATE TABLE requesters (
  id BIGINT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, language TEXT, created_at BIGINT NOT NULL,
  -- Whether a message has come from this address through a channel that shows who wrote it.
  has_written BOOLEAN NOT NULL);
CREATE TABLE categories (
  id BIGINT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, parent_id BIGINT REFERENCES categories(id),
  created_at BIGINT NOT NULL);
INSERT INTO categories (id, name, name_key, parent_id, created_at) VALUES (1, 'Uncategorised', 'uncategorised', NULL, 0);

CREATE TABLE answers (
  id BIGINT PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  -- NULL until someone writes it: such an answer can be predicted, but not sent.
  body TEXT, category_id BIGINT REFERENCES categories(id), published BOOLEAN NOT NULL, archived BOOLEAN NOT NULL,
  -- Answers of one group are interchangeable.
  interchangeable BIGINT, version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);
CREATE TABLE answer_variants (
  answer_id BIGINT NOT NULL REFERENCES answers(id), language TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (answer_id, language));
CREATE TABLE rules (
  id BIGINT PRIMARY KEY, name TEXT NOT NULL, position BIGINT NOT NULL, active BOOLEAN NOT NULL,
  conditions TEXT NOT NULL, answer_id BIGINT NOT NULL REFERENCES answers(id),
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);

CREATE TABLE tickets (
  id BIGINT PRIMARY KEY, number BIGINT NOT NULL UNIQUE,
  -- The id in the history it was imported from; NULL for tickets that came in live.
  reference TEXT UNIQUE,
  channel TEXT NOT NULL, status TEXT NOT NULL, subject TEXT, excerpt TEXT NOT NULL,
  requester_id BIGINT NOT NULL REFERENCES requesters(id),
  category_id BIGINT NOT NULL REFERENCES categories(id), category_source TEXT NOT NULL,
  -- Where the live routing (the requester's pick or the prediction) sent it; an agent's move does not change it.
  routed_category_id BIGINT NOT NULL,
  language TEXT, assignee_id BIGINT REFERENCES users(id), secret BYTES NOT NULL, custom TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, messages_count BIGINT NOT NULL,
  first_reply_at BIGINT, first_reply_by TEXT, solved_at BIGINT, solved_by TEXT, closed_at BIGINT,
  reopened BIGINT NOT NULL, touched_by_agent BOOLEAN NOT NULL,
  resolution TEXT, resolved_at BIGINT, survey_sent_at BIGINT,
  -- Written by a machine (RFC 3834): never answered, surveyed or confirmed automatically.
  from_machine BOOLEAN NOT NULL DEFAULT FALSE,
  -- The answer that solved it, as far as it is known.
  answer_id BIGINT REFERENCES answers(id));
-- Ids sort by time of creation, so lists by age follow the id. A partial index serves a view: it is small, its
-- count is cheap, and a ticket that comes in touches few of them.
CREATE INDEX tickets_open ON tickets (id) WHERE status IN ('new', 'open');
CREATE INDEX tickets_open_updated ON tickets (updated_at, id) WHERE status IN ('new', 'open');
CREATE INDEX tickets_unassigned ON tickets (id) WHERE status IN ('new', 'open') AND assignee_id IS NULL;
CREATE INDEX tickets_assigned ON tickets (assignee_id, id)
  WHERE status IN ('new', 'open', 'pending', 'on_hold') AND assignee_id IS NOT NULL;
CREATE INDEX tickets_waiting ON tickets (status, id) WHERE status IN ('pending', 'on_hold');
CREATE INDEX tickets_done ON tickets (id) WHERE status IN ('solved', 'closed');
CREATE INDEX tickets_updated ON tickets (updated_at, id);
CREATE INDEX tickets_created ON tickets (created_at);
CREATE INDEX tickets_category ON tickets (category_id, id);
CREATE INDEX tickets_category_updated ON tickets (category_id, updated_at, id);
CREATE INDEX tickets_requester ON tickets (requester_id, id);
CREATE INDEX tickets_answer ON tickets (answer_id, id) WHERE answer_id IS NOT NULL;
CREATE INDEX tickets_answer_updated ON tickets (answer_id, updated_at, id) WHERE answer_id IS NOT NULL;
CREATE INDEX tickets_resolution ON tickets (resolution, id) WHERE resolution IS NOT NULL;
CREATE INDEX tickets_resolution_updated ON tickets (resolution, updated_at, id) WHERE resolution IS NOT NULL;

CREATE TABLE messages (
  id BIGINT PRIMARY KEY, ticket_id BIGINT NOT NULL REFERENCES tickets(id), kind TEXT NOT NULL, author TEXT NOT NULL,
  user_id BIGINT REFERENCES users(id), responder TEXT, body TEXT NOT NULL, html TEXT,
  answer_id BIGINT REFERENCES answers(id), answer_version BIGINT,
  -- The Message-ID of a mail that came in: the same mail is taken once.
  mail_message_id TEXT UNIQUE, created_at BIGINT NOT NULL);
CREATE INDEX messages_ticket ON messages (ticket_id, id);
CREATE TABLE attachments (
  id BIGINT PRIMARY KEY, ticket_id BIGINT NOT NULL REFERENCES tickets(id), message_id BIGINT NOT NULL REFERENCES messages(id),
  name TEXT NOT NULL, media_type TEXT NOT NULL, size BIGINT NOT NULL, content BYTES NOT NULL, created_at BIGINT NOT NULL);
CREATE INDEX attachments_ticket ON attachments (ticket_id);

CREATE TABLE readings (
  ticket_id BIGINT PRIMARY KEY REFERENCES tickets(id), language TEXT, language_confidence DOUBLE PRECISION,
  model_version BIGINT, ranked TEXT NOT NULL, score DOUBLE PRECISION, novelty DOUBLE PRECISION,
  category_id BIGINT NOT NULL, created_at BIGINT NOT NULL);
CREATE TABLE decisions (
  id BIGINT PRIMARY KEY, ticket_id BIGINT NOT NULL UNIQUE REFERENCES tickets(id), category_id BIGINT NOT NULL,
  mode TEXT NOT NULL, action TEXT NOT NULL, responder TEXT NOT NULL, arm TEXT NOT NULL, answer_id BIGINT,
  probability DOUBLE PRECISION, threshold DOUBLE PRECISION, model_version BIGINT, certificate_id BIGINT,
  policy_version BIGINT NOT NULL, propensity DOUBLE PRECISION NOT NULL, rule_id BIGINT, reason TEXT NOT NULL,
  created_at BIGINT NOT NULL);
CREATE INDEX decisions_category ON decisions (category_id, created_at);
CREATE INDEX decisions_action ON decisions (action, ticket_id);
-- What answered a ticket, and whether the one who said so had seen a suggestion. answer_id NULL: no answer fits.
CREATE TABLE labels (
  ticket_id BIGINT PRIMARY KEY REFERENCES tickets(id), answer_id BIGINT REFERENCES answers(id), source TEXT NOT NULL,
  unseen BOOLEAN NOT NULL, propensity DOUBLE PRECISION NOT NULL, created_at BIGINT NOT NULL);
CREATE TABLE ratings (
  ticket_id BIGINT PRIMARY KEY REFERENCES tickets(id), value TEXT NOT NULL, comment TEXT, responder TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);
CREATE INDEX ratings_created ON ratings (created_at);

-- category_id 0 stands for categories still to come.
CREATE TABLE policies (
  category_id BIGINT PRIMARY KEY, mode TEXT NOT NULL, target DOUBLE PRECISION NOT NULL, confidence DOUBLE PRECISION NOT NULL,
  rollout DOUBLE PRECISION NOT NULL, holdout DOUBLE PRECISION NOT NULL, blind DOUBLE PRECISION NOT NULL,
  languages TEXT NOT NULL, hours TEXT, never TEXT NOT NULL,
  -- Set together with all others: the pooled certificate speaks for it.
  pooled BOOLEAN NOT NULL, version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL, reason TEXT);
-- category_id 0: one pooled certificate for all categories switched on together.
CREATE TABLE certificates (
  id BIGINT PRIMARY KEY, category_id BIGINT NOT NULL, model_version BIGINT NOT NULL, target DOUBLE PRECISION NOT NULL,
  confidence DOUBLE PRECISION NOT NULL, attempt BIGINT NOT NULL, threshold DOUBLE PRECISION, total BIGINT NOT NULL,
  answered BIGINT NOT NULL, errors BIGINT NOT NULL, unknown_share DOUBLE PRECISION NOT NULL,
  -- How many more labelled tickets would be needed, when nothing passed.
  need BIGINT, why TEXT, created_at BIGINT NOT NULL, lapses_at BIGINT NOT NULL, lapsed_at BIGINT, lapse_reason TEXT);
CREATE INDEX certificates_category ON certificates (category_id, id);
CREATE TABLE models (
  version BIGINT PRIMARY KEY, state TEXT NOT NULL, summary TEXT NOT NULL, bytes BIGINT NOT NULL, parts BIGINT NOT NULL,
  created_at BIGINT NOT NULL, in_use_at BIGINT);
CREATE TABLE model_parts (
  version BIGINT NOT NULL REFERENCES models(version), part BIGINT NOT NULL, content BYTES NOT NULL, PRIMARY KEY (version, part));

CREATE TABLE mails (
  id BIGINT PRIMARY KEY, kind TEXT NOT NULL, ticket_id BIGINT REFERENCES tickets(id), message_id BIGINT REFERENCES messages(id),
  to_address TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, headers TEXT NOT NULL,
  -- Ours, fixed before the first attempt, so that a second delivery is recognised by the receiver.
  mail_message_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, attempts BIGINT NOT NULL, error TEXT,
  created_at BIGINT NOT NULL, sent_at BIGINT);
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX mails_ticket ON mails (ticket_id);
-- A message leaves in one mail.
CREATE UNIQUE INDEX mails_message ON mails (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX mails_to ON mails (to_address, created_at);

-- What happened, in order: audit entry, live event and the truth behind every number at once.
CREATE TABLE events (
  id BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, actor_kind TEXT NOT NULL, actor_id BIGINT,
  ticket_id BIGINT, subject_id BIGINT, data TEXT NOT NULL);
CREATE INDEX events_ticket ON events (ticket_id, id);
CREATE INDEX events_kind ON events (kind, id);

CREATE TABLE jobs (
  id BIGINT PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL, run_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
  lease_until BIGINT, error TEXT, created_at BIGINT NOT NULL, dead_at BIGINT);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE dead_at IS NULL;
CREATE INDEX jobs_dead ON jobs (dead_at) WHERE dead_at IS NOT NULL;
CREATE TABLE schedules (name TEXT PRIMARY KEY, next_at BIGINT NOT NULL);
