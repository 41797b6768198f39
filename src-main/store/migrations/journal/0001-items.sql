-- The journal of one task. Every byte of `item` is paid for ten million times: see docs/decisions/0006-two-hundred-bytes.md.

-- Single values: the run, the number of the last result, the mark of the destination.
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) WITHOUT ROWID;

-- Codes of the catalogue by a number of this file's own, so that the catalogue may be reordered.
CREATE TABLE code (no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

-- The beginnings that ids of one drive share (4 bytes of a Graph id).
CREATE TABLE drive (no INTEGER PRIMARY KEY, prefix BLOB NOT NULL UNIQUE);

-- Counters, kept by the writer in the transaction of what they count.
CREATE TABLE account (
  key TEXT PRIMARY KEY,
  files INTEGER NOT NULL,
  folders INTEGER NOT NULL,
  others INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) WITHOUT ROWID;

-- Every file, folder and other thing ever seen below the source; the root is 1.
-- Columns are of a kind that keeps its size on disk when it changes (0 and 1 take no byte, 2 to 127 take one): rows are
-- written full page by full page while the source is listed, and a row that grew later would split its page.
CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  parent INTEGER NOT NULL,
  -- 16 bits of a hash of the name: the index on it costs a third of one on the name.
  name_hash INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,              -- index in itemKinds
  state INTEGER NOT NULL,             -- 2 at rest, 3 waits for its folder, 4 ready, 5 put back, 6 settled, 7 gone
  run INTEGER NOT NULL,               -- number of the run that saw it last, plus 2
  outcome INTEGER,                    -- index in outcomes: of the last run that settled it
  grade INTEGER,                      -- index in grades
  pass INTEGER NOT NULL,              -- 2 = not listed by the destination since it was settled, else the number of the pass that did
  there INTEGER,                      -- NULL: no copy known, 1: has a copy, 0: had one, gone now
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,          -- milliseconds since 1970, REAL where there are fractions
  file_id,                            -- INTEGER where it fits into 64 bits, else TEXT
  -- Id and tag of the copy, packed (pack-remote.ts). While there is none: time of creation, padded to the same length.
  remote BLOB,
  destination_name TEXT               -- where it differs from the name
);
-- Folders are listed youngest first, so that what is in them comes by descending parent: in a descending index that is at
-- its end, where pages are filled (0.4 of a page was used in an ascending one).
CREATE INDEX item_by_name ON item (parent DESC, name_hash);
-- Three bytes of a GUID (or of a hash) tell 16 million copies apart; the rest is compared in the row.
CREATE INDEX item_by_remote ON item (substr(remote, 2, 3)) WHERE there IS NOT NULL;
-- The queue of files, taken from both ends.
CREATE INDEX item_ready ON item (size) WHERE state = 4;

-- What folders have besides, from the first run that listed them on.
CREATE TABLE folder (
  item INTEGER PRIMARY KEY,
  listing INTEGER NOT NULL,           -- 0 to do, 1 done, 2 not to be listed, or given up
  making INTEGER NOT NULL             -- 0 waits for its parent, 1 ready, 2 made in this run, 3 failed, 4 not to be made
);
CREATE INDEX folder_to_list ON folder (item) WHERE listing = 0;
CREATE INDEX folder_to_make ON folder (item) WHERE making = 1;

-- What a planned item has besides when there is a copy of it (its `remote` is taken), or when it is to replace something.
CREATE TABLE plan (
  item INTEGER PRIMARY KEY,
  created INTEGER NOT NULL,
  replace_id TEXT,
  replace_tag TEXT,
  -- Of what was the copy made: the knowledge of earlier runs, until a new copy takes its place. NULL where there was none.
  old_size INTEGER,
  old_modified INTEGER,
  old_file_id,
  old_outcome INTEGER,
  old_grade INTEGER
);

-- Files put back, in the order in which their turn comes again.
CREATE TABLE again (item INTEGER PRIMARY KEY, attempts INTEGER NOT NULL, turn INTEGER NOT NULL);
CREATE INDEX again_by_turn ON again (turn);

-- Findings of the run that saw the item last. origin: 0 listing, 1 settlement, 2 end of the run.
CREATE TABLE finding (
  item INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  no INTEGER NOT NULL,
  code INTEGER NOT NULL,
  detail TEXT,
  PRIMARY KEY (item, origin, no)
) WITHOUT ROWID;

-- Uploads under way. The token is sealed.
CREATE TABLE upload (
  item INTEGER PRIMARY KEY,
  token BLOB NOT NULL,
  expires INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  file_id
);

-- Hash of the bytes that were sent: for grades that the service's own hash is missing for, and for verifying later (decision 16).
-- 20 bytes; text where it is no quickXorHash.
CREATE TABLE sent (item INTEGER PRIMARY KEY, hash TEXT NOT NULL);

-- What is at the destination and is not an unchanged copy of ours.
CREATE TABLE remote (
  id BLOB PRIMARY KEY,
  parent BLOB NOT NULL,
  name_hash INTEGER NOT NULL,         -- of the name as SharePoint compares it
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,              -- 0 file, 1 folder
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  tag TEXT NOT NULL,
  hash TEXT,
  pass INTEGER NOT NULL,
  own INTEGER,                        -- the item that this is a changed copy of
  regrade INTEGER NOT NULL            -- 1: the copy is of this run and its grade is to be settled
) WITHOUT ROWID;
CREATE INDEX remote_by_name ON remote (parent, name_hash);
CREATE INDEX remote_to_regrade ON remote (own) WHERE regrade = 1;

-- Results that the coordinator has not acknowledged. What they say is read from the item when they are sent.
CREATE TABLE outbox (seq INTEGER PRIMARY KEY, item INTEGER NOT NULL);

-- For the end of a run: items that did not come, and files that are new, by their number in the file system.
CREATE TABLE missing (item INTEGER PRIMARY KEY);
CREATE TABLE newcomer (file_id NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (file_id, item)) WITHOUT ROWID;

-- Copies that we found at the destination and did not make, as far as they are ours at all: not ours to delete.
CREATE TABLE found (item INTEGER PRIMARY KEY);

-- Copies of what is gone at the source, that are being deleted: what was done when the answer was lost.
CREATE TABLE recycling (item INTEGER PRIMARY KEY);
