-- Drift: what the last look at a category found (0: at all tickets). found: JSON of figures, days and examples.
-- labels_from: only labels of tickets that came later may certify it anew.
CREATE TABLE drifts (
  category_id BIGINT PRIMARY KEY, model_version BIGINT NOT NULL, looked_at BIGINT NOT NULL,
  older BIGINT NOT NULL, newer BIGINT NOT NULL, found TEXT NOT NULL,
  why TEXT, since BIGINT, found_at BIGINT, labels_from BIGINT);
