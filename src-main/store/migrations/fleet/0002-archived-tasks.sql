-- When a task was put away; NULL: it was not. Its runs, results, journal and reports stay as they are.
ALTER TABLE task ADD COLUMN archived_at INTEGER;
