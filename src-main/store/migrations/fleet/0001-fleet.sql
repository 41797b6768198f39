-- The coordinator's state. Times in milliseconds since 1970.

CREATE TABLE machine (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL
) WITHOUT ROWID;

-- no: the order in which tasks were added.
CREATE TABLE task (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  destination TEXT NOT NULL,
  settings TEXT NOT NULL,             -- JSON
  created_at INTEGER NOT NULL
);

CREATE TABLE run (
  id TEXT PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  problem TEXT,                       -- JSON
  UNIQUE (task, number)
) WITHOUT ROWID;

CREATE TABLE unit (
  id TEXT PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run (id),
  epoch INTEGER NOT NULL,
  holder TEXT,
  lease_until INTEGER,
  state TEXT NOT NULL CHECK (state IN ('free', 'held', 'done'))
) WITHOUT ROWID;
CREATE INDEX unit_of_run ON unit (run);

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  task TEXT,
  actor TEXT NOT NULL,
  text TEXT NOT NULL,
  problem TEXT                        -- JSON
);
CREATE INDEX event_of_task ON event (task, id) WHERE task IS NOT NULL;
