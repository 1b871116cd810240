-- Who gets the report by mail, how often, and when next.

CREATE TABLE report_mails (
  user_id BIGINT PRIMARY KEY REFERENCES users(id), every TEXT NOT NULL, next_at BIGINT NOT NULL);
CREATE INDEX report_mails_next ON report_mails (next_at);
