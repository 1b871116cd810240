-- Experiments, who took part in them on which side, and what became of it; and who is asked first, in policies.

ALTER TABLE policies ADD COLUMN stack TEXT NOT NULL DEFAULT 'rules_first';
ALTER TABLE policy_versions ADD COLUMN stack TEXT NOT NULL DEFAULT 'rules_first';

-- category_id 0: all categories. subject: JSON of the kind and the two sides.
CREATE TABLE experiments (
  id BIGINT PRIMARY KEY, name TEXT NOT NULL, category_id BIGINT NOT NULL, subject TEXT NOT NULL,
  share DOUBLE PRECISION NOT NULL, reason TEXT, created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
  started_at BIGINT, ends_at BIGINT, ended_at BIGINT, end_why TEXT, adopted TEXT);
-- Written with the decision. What follows came_at is written once each, when the window of the outcome has closed.
CREATE TABLE experiment_tickets (
  ticket_id BIGINT NOT NULL REFERENCES tickets(id), experiment_id BIGINT NOT NULL REFERENCES experiments(id),
  side TEXT NOT NULL, requester_id BIGINT NOT NULL, came_at BIGINT NOT NULL,
  again BOOLEAN, confirmed BOOLEAN, asked BOOLEAN, rating TEXT, solved_after BIGINT, closed_at BIGINT,
  PRIMARY KEY (ticket_id, experiment_id));
CREATE INDEX experiment_tickets_requester ON experiment_tickets (experiment_id, requester_id, ticket_id);
CREATE INDEX experiment_tickets_again ON experiment_tickets (came_at) WHERE again IS NULL;
CREATE INDEX experiment_tickets_open ON experiment_tickets (came_at) WHERE closed_at IS NULL;
