-- A unit that another machine begins anew is another generation of it, with numbers of its own (decision 21). What the
-- generation before told is set aside until it is known what of it is still so.
CREATE TABLE unit_of_generations (
  no INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  generation INTEGER NOT NULL,
  path TEXT NOT NULL,                 -- of its folder below the task's source; '' is the source itself
  state INTEGER NOT NULL,             -- 0: it tells, 1: set aside, 2: it has ended
  taken INTEGER NOT NULL,
  files INTEGER NOT NULL,             -- what it has told that it found
  folders INTEGER NOT NULL,
  others INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  known_files INTEGER NOT NULL,       -- what was known to be in it before it told
  known_bytes INTEGER NOT NULL,
  UNIQUE (name, generation)
);
INSERT INTO unit_of_generations
  SELECT no, name, 1, '', 0, taken, files, folders, others, bytes, 0, 0 FROM unit;
-- What all units found is a counter as the others are.
INSERT INTO account (key, files, folders, others, bytes)
  SELECT 'found', coalesce(sum(files), 0), coalesce(sum(folders), 0), coalesce(sum(others), 0), coalesce(sum(bytes), 0) FROM unit;
DROP TABLE unit;
ALTER TABLE unit_of_generations RENAME TO unit;
