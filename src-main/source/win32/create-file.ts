const FILE_READ_DATA = 0x1;
const FILE_READ_ATTRIBUTES = 0x80;
const SYNCHRONIZE = 0x10_0000;
/** The least that reading needs, of a file as of a folder (where the first bit means listing). */
const READ = FILE_READ_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE;
/** Others may go on reading, writing and deleting: we are guests. */
const SHARE_ALL = 0x7;
const OPEN_EXISTING = 3;
/** Without it a folder cannot be opened. It gives no right that the account does not have. */
const BACKUP_SEMANTICS = 0x200_0000;
const SEQUENTIAL_SCAN = 0x800_0000;

/** What CreateFileW is told after the path. */
export const forFolder = [READ, SHARE_ALL, null, OPEN_EXISTING, BACKUP_SEMANTICS, 0] as const;
/** A folder that took the place of a file is opened too, and then told by its attributes, not by a wrong "access denied". */
export const forFile = [READ, SHARE_ALL, null, OPEN_EXISTING, BACKUP_SEMANTICS | SEQUENTIAL_SCAN, 0] as const;
