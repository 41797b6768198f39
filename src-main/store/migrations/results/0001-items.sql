-- What came of every item of one run, for reports and screens.

CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) WITHOUT ROWID;

-- Codes of the catalogue by a number of this file's own.
CREATE TABLE code (no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

-- Counters, kept by the writer in the transaction of what they count.
CREATE TABLE account (
  key TEXT PRIMARY KEY,
  files INTEGER NOT NULL,
  folders INTEGER NOT NULL,
  others INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) WITHOUT ROWID;

-- Units that told results, how far they are taken, and what each has found so far.
CREATE TABLE unit (
  no INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  taken INTEGER NOT NULL,
  files INTEGER NOT NULL,
  folders INTEGER NOT NULL,
  others INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);

CREATE TABLE item (
  id INTEGER PRIMARY KEY,             -- unit.no * 2^40 + number in the unit's journal: one unit's are as short as its own
  parent INTEGER NOT NULL,            -- number in the unit's journal
  name TEXT NOT NULL,
  mark INTEGER NOT NULL,              -- kind, outcome and grade in one number (results/item-mark.ts)
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,          -- whole seconds since 1970, as SharePoint keeps them: it is shown, not compared
  destination_name TEXT
);
-- What is among 256 numbers of items: a mark for each outcome with grade and kind, and for each code. Pages of a filter look only
-- where its marks are. A mark stays when its last item became something else: then a look is for nothing.
CREATE TABLE stretch (
  no INTEGER NOT NULL,                -- item.id / 256
  mark INTEGER NOT NULL,              -- results/item-mark.ts, results/stretch.ts
  PRIMARY KEY (no, mark)
) WITHOUT ROWID;

CREATE TABLE finding (
  item INTEGER NOT NULL,
  no INTEGER NOT NULL,
  code INTEGER NOT NULL,
  detail TEXT,
  PRIMARY KEY (item, no)
) WITHOUT ROWID;
