-- Folders of ours whose time at the destination may not be that of the source any more: it is set when all else is done.
CREATE TABLE late_time (item INTEGER PRIMARY KEY);
