-- A journal may be that of a unit, which is a part of its task: see docs/decisions/0021-units-are-parts-of-a-task.md.

-- Pieces that the unit gives back and that the coordinator has not taken yet.
CREATE TABLE offer (
  no INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,                -- as JSON
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);
-- What they consist of: files that were planned, and folders that were not listed.
CREATE TABLE offered (no INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (no, item)) WITHOUT ROWID;

-- Of a unit that was taken over: what had been given away of it before. Paths are below its folder.
CREATE TABLE elsewhere (
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  whole INTEGER NOT NULL,             -- 1 a folder with all that is in it, 0 a file
  PRIMARY KEY (folder, name)
) WITHOUT ROWID;
-- Uploads that its former holder had under way. The token is sealed.
CREATE TABLE handed (
  path TEXT PRIMARY KEY,
  token BLOB NOT NULL,
  expires INTEGER NOT NULL,
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  file_id
) WITHOUT ROWID;
