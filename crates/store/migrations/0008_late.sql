-- Of each packed day once more the tickets that waited long, for the backlog of later periods. Packed anew as days are.

DROP TABLE metrics_days;
CREATE TABLE metrics_days (
  day BIGINT PRIMARY KEY, waits_until BIGINT NOT NULL, tickets BIGINT NOT NULL, facts BYTES NOT NULL, late BYTES NOT NULL);
INSERT INTO metrics_changes (id, day) SELECT -1000000 - d.day, d.day
  FROM (SELECT DISTINCT created_at / 86400000 AS day FROM tickets) d;
