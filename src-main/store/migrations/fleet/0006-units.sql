-- A run has many units (decision 21). A unit that was never granted has epoch 0: of a run there may be thousands of them.
CREATE TABLE unit_of_many (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  run TEXT NOT NULL REFERENCES run (id),
  path TEXT NOT NULL,                 -- of its folder below the task's source; '' is the source itself
  scope TEXT,                         -- JSON; NULL: the whole task
  parent TEXT,                        -- the unit that gave it back; NULL: none did
  offer INTEGER,                      -- its number there
  epoch INTEGER NOT NULL,
  generation INTEGER NOT NULL,        -- rises when it is begun anew; results are numbered within it
  offers_taken INTEGER NOT NULL,
  holder TEXT,
  lease_until INTEGER,
  state TEXT NOT NULL CHECK (state IN ('free', 'held', 'done', 'stopped', 'set-aside')),
  failures TEXT NOT NULL,             -- JSON: on which machines it failed, and why
  usage TEXT NOT NULL,                -- JSON: what its present grant has cost
  uploads BLOB                        -- under way, as its holder told: JSON, sealed with the key of this machine's secrets
);
INSERT INTO unit_of_many (id, run, path, epoch, generation, offers_taken, holder, lease_until, state, failures, usage)
  SELECT id, run, '', epoch, 1, 0, holder, lease_until, state, '[]',
    '{"requests":0,"resourceUnits":0,"retries":0,"bytesSent":0,"workedMs":0}'
  FROM unit;
DROP TABLE unit;
ALTER TABLE unit_of_many RENAME TO unit;

CREATE UNIQUE INDEX unit_offered ON unit (parent, offer) WHERE parent IS NOT NULL;
-- What is asked when the coordinator starts is answered from here alone.
CREATE INDEX unit_of_run ON unit (run, state, epoch);
-- Units to be granted for the first time, oldest first.
CREATE INDEX unit_fresh ON unit (run, no) WHERE state = 'free' AND epoch = 0;

-- What a person decided about who works on a task, and about what a machine may do: JSON.
CREATE TABLE task_plan (task TEXT PRIMARY KEY REFERENCES task (id), plan TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE machine_rules (machine TEXT PRIMARY KEY, rules TEXT NOT NULL) WITHOUT ROWID;
