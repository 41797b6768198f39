-- What is found in a folder for the first time gets numbers that follow one another: one row of the outbox stands for all of it.
ALTER TABLE outbox ADD COLUMN count INTEGER NOT NULL DEFAULT 1; -- items from `item` on, results from `seq` on
