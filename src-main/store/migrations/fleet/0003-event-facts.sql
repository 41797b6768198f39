-- What happened as facts, not as an English sentence: the screen says it in the language of whoever looks.
-- A sentence of an earlier version stays readable as what it is.
CREATE TABLE event_of_facts (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  task TEXT,
  actor TEXT NOT NULL,
  facts TEXT NOT NULL,                -- JSON
  problem TEXT                        -- JSON
);
INSERT INTO event_of_facts (id, at, task, actor, facts, problem)
  SELECT id, at, task, actor, json_object('kind', 'told', 'text', text), problem FROM event;
DROP TABLE event;
ALTER TABLE event_of_facts RENAME TO event;
CREATE INDEX event_of_task ON event (task, id) WHERE task IS NOT NULL;
