-- Learning: what agents did with answers, what customers said of them, and labels mended by hand.

-- What the customer last said of what this label answered with.
ALTER TABLE labels ADD COLUMN customer TEXT;
ALTER TABLE labels ADD COLUMN customer_at BIGINT;
CREATE INDEX labels_answer ON labels (answer_id, ticket_id);

-- An agent's own choice: kept even where a review's label takes its place. edited: share of words changed.
CREATE TABLE choices (
  ticket_id BIGINT PRIMARY KEY REFERENCES tickets(id), answer_id BIGINT REFERENCES answers(id),
  suggested_answer_id BIGINT REFERENCES answers(id), kind TEXT NOT NULL, edited DOUBLE PRECISION,
  unseen BOOLEAN NOT NULL, user_id BIGINT, created_at BIGINT NOT NULL);
INSERT INTO choices (ticket_id, answer_id, suggested_answer_id, kind, edited, unseen, user_id, created_at)
  SELECT ticket_id, answer_id, NULL, CASE WHEN answer_id IS NULL THEN 'free' ELSE 'unmeasured' END, NULL, unseen, NULL,
  created_at FROM labels WHERE source = 'agent';

-- One act of mending; undone as a whole. answer_id NULL: no answer fits. The newest that is not undone holds.
CREATE TABLE mends (
  id BIGINT PRIMARY KEY, answer_id BIGINT REFERENCES answers(id), user_id BIGINT, found TEXT NOT NULL,
  tickets BIGINT NOT NULL, created_at BIGINT NOT NULL, undone_at BIGINT);
CREATE TABLE mended (
  ticket_id BIGINT NOT NULL REFERENCES tickets(id), mend_id BIGINT NOT NULL REFERENCES mends(id),
  PRIMARY KEY (ticket_id, mend_id));
CREATE INDEX mended_mend ON mended (mend_id);
