-- Suggestions of answers that somebody has put aside for a while.

CREATE TABLE dismissals (suggestion TEXT PRIMARY KEY, user_id BIGINT, created_at BIGINT NOT NULL);
