-- What a run did and waited for over time: a row a minute, and one in ten minutes of what is older than a day.
-- at: when the stretch began, ms: how long it was.
CREATE TABLE pace (
  run TEXT NOT NULL REFERENCES run (id),
  at INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  items REAL NOT NULL,
  bytes REAL NOT NULL,
  units REAL NOT NULL,
  waits TEXT NOT NULL,                -- JSON
  PRIMARY KEY (run, at)
) WITHOUT ROWID;
