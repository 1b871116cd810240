-- Reviews of what was sent by itself, and the guardrail that rests on them.

CREATE TABLE review_tasks (
  ticket_id BIGINT PRIMARY KEY REFERENCES tickets(id), category_id BIGINT NOT NULL, sample TEXT NOT NULL,
  -- How likely it was that this ticket would be chosen.
  share DOUBLE PRECISION NOT NULL,
  -- What was sent or, in a paused category, would have been suggested; NULL when there was nothing.
  sent_answer_id BIGINT REFERENCES answers(id),
  -- How many people are to choose, and whether they chose differently.
  wanted BIGINT NOT NULL, disputed BOOLEAN NOT NULL, created_at BIGINT NOT NULL,
  settled_at BIGINT, verdict TEXT, answer_id BIGINT REFERENCES answers(id), adjudicated_by BIGINT REFERENCES users(id));
CREATE INDEX review_tasks_open ON review_tasks (created_at) WHERE settled_at IS NULL;
CREATE INDEX review_tasks_category ON review_tasks (category_id, created_at);
-- What one person chose before seeing what was sent. answer_id NULL: no answer fits.
CREATE TABLE reviews (
  id BIGINT PRIMARY KEY, ticket_id BIGINT NOT NULL REFERENCES review_tasks(ticket_id),
  user_id BIGINT NOT NULL REFERENCES users(id), answer_id BIGINT REFERENCES answers(id), harmful BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL);
CREATE UNIQUE INDEX reviews_ticket ON reviews (ticket_id, user_id);
CREATE INDEX reviews_created ON reviews (created_at);
-- For each category that answers by itself: since when it is watched, up to when its answers were sampled, and
-- whether it is paused. labels_from: what may prove it anew came after this.
CREATE TABLE guardrails (
  category_id BIGINT PRIMARY KEY, since BIGINT NOT NULL, sampled_to BIGINT NOT NULL,
  paused_at BIGINT, pause_kind TEXT, pause_why TEXT, labels_from BIGINT);
