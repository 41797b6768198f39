-- Copies whose author is to be set: see docs/decisions/0028-authors-and-editors.md. Empty where a task does not want authors.
CREATE TABLE author_due (
  item INTEGER PRIMARY KEY,
  wait INTEGER NOT NULL               -- 0 to do in this run, 1 again in the next one, 2 when the list of people is another one
);
CREATE INDEX author_to_do ON author_due (item) WHERE wait = 0;
