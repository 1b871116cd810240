-- Of each packed day once more the tickets that waited long, for the backlog of later periods; and a version, so that
-- what has not changed need not be read again. All days are packed anew.

DROP TABLE metrics_days;
CREATE TABLE metrics_days (
  day BIGINT PRIMARY KEY, version BIGINT NOT NULL, waits_until BIGINT NOT NULL, tickets BIGINT NOT NULL,
  facts BYTES NOT NULL, late BYTES NOT NULL);
INSERT INTO metrics_changes (id, day) SELECT -1000000 - d.day, d.day
  FROM (SELECT DISTINCT created_at / 86400000 AS day FROM tickets) d;
