-- The numbers of reports: the facts of each day's tickets, packed, and which tickets changed since.

-- Its requester came back within a week of a solution.
ALTER TABLE tickets ADD COLUMN recontacted_at BIGINT;
CREATE INDEX tickets_recontact ON tickets (requester_id, solved_at) WHERE solved_at IS NOT NULL AND recontacted_at IS NULL;
-- Whom a person works with; reports are broken down by it.
ALTER TABLE users ADD COLUMN team TEXT;

-- day: of the tickets' beginnings, in days of UTC since 1970. waits_until: from then on none of them waited any more.
CREATE TABLE metrics_days (day BIGINT PRIMARY KEY, waits_until BIGINT NOT NULL, tickets BIGINT NOT NULL, facts BYTES NOT NULL);
-- Written by each transaction that changed tickets of that day: its facts are to be packed again.
CREATE TABLE metrics_changes (id BIGINT PRIMARY KEY, day BIGINT NOT NULL);
INSERT INTO metrics_changes (id, day) SELECT -1 - d.day, d.day FROM (SELECT DISTINCT created_at / 86400000 AS day FROM tickets) d;
