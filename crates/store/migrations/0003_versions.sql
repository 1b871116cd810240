-- Every version of every policy, and automatic replies between being decided and being sent.

-- Written with each change of a policy, never changed. category_id 0: categories without a policy of their own.
CREATE TABLE policy_versions (
  category_id BIGINT NOT NULL, version BIGINT NOT NULL, mode TEXT NOT NULL, target DOUBLE PRECISION NOT NULL,
  confidence DOUBLE PRECISION NOT NULL, rollout DOUBLE PRECISION NOT NULL, holdout DOUBLE PRECISION NOT NULL,
  blind DOUBLE PRECISION NOT NULL, languages TEXT NOT NULL, hours TEXT, never TEXT NOT NULL, pooled BOOLEAN NOT NULL,
  changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL, reason TEXT, PRIMARY KEY (category_id, version));
INSERT INTO policy_versions (category_id, version, mode, target, confidence, rollout, holdout, blind, languages, hours,
  never, pooled, changed_at, changed_by, reason)
  SELECT category_id, version, mode, target, confidence, rollout, holdout, blind, languages, hours, never, pooled,
  changed_at, changed_by, reason FROM policies;

-- Raised by every switch and pause. Whoever decides or sends holds it meanwhile, so that each of them comes
-- wholly before a switch or wholly after it.
INSERT INTO counters (name, next) VALUES ('switches', 0);

-- Automatic replies that have not left yet. sending_at: since when one is being handed to the mail server.
CREATE TABLE replies_waiting (
  message_id BIGINT PRIMARY KEY REFERENCES messages(id), ticket_id BIGINT NOT NULL REFERENCES tickets(id),
  category_id BIGINT NOT NULL, policy_version BIGINT NOT NULL, sending_at BIGINT);
CREATE INDEX replies_waiting_category ON replies_waiting (category_id);
INSERT INTO replies_waiting (message_id, ticket_id, category_id, policy_version)
  SELECT m.message_id, m.ticket_id, d.category_id, d.policy_version FROM mails m
  JOIN decisions d ON d.ticket_id = m.ticket_id
  WHERE m.kind = 'automatic' AND m.state = 'waiting' AND m.message_id IS NOT NULL;
-- Those that never did. seen: somebody had gone on from it on the ticket's page, where it stays. switch: how often
-- a switch had been changed by then.
CREATE TABLE replies_withdrawn (
  message_id BIGINT PRIMARY KEY REFERENCES messages(id), ticket_id BIGINT NOT NULL REFERENCES tickets(id),
  category_id BIGINT NOT NULL, at BIGINT NOT NULL, why TEXT NOT NULL, seen BOOLEAN NOT NULL, switch BIGINT NOT NULL);
CREATE INDEX replies_withdrawn_ticket ON replies_withdrawn (ticket_id);
CREATE INDEX replies_withdrawn_category ON replies_withdrawn (category_id, switch);
