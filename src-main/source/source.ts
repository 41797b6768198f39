import type { Fingerprint, ItemKind } from '../../src-shared/model/item.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import type { Principal, Rights, Space } from '../../src-shared/model/rights.ts';

/** One entry of a folder as the file system lists it. Times in milliseconds since 1970, fractions allowed. */
export interface SourceEntry {
  readonly name: string;
  /** False when the bytes of the name are not valid Unicode: such an entry can be reported and not opened. */
  readonly nameReadable: boolean;
  readonly kind: ItemKind;
  /** Bytes; 0 for everything that is not a file. */
  readonly size: number;
  readonly modified: number;
  readonly created: number;
  /** The file system's own number for it, as decimal text; undefined where it has none. */
  readonly fileId: string | undefined;
  readonly hidden: boolean;
  readonly system: boolean;
  /** Names that a file has in its file system (hard links). Undefined where a listing does not tell, as on Windows, and for all but files. */
  readonly links?: number | undefined;
  /** The content is on tape, on another server or in a cloud: reading it fetches it from there first. */
  readonly offline: boolean;
  /** Set when the entry itself could not be examined (it is listed, so it is accounted for). */
  readonly problem?: 'file-vanished' | 'file-unreadable' | 'read-failed' | undefined;
}

/** What the owner of a file is called, the best name first: `CONTOSO\alice`, then its SID; or `alice`, then its number. Empty: it has none. */
export type Owner = readonly string[];

/** An open file. Reads are positional, so that any part can be read again. */
export interface SourceFile {
  /** As the open handle says now: asked before the first and after the last byte. */
  fingerprint(): Promise<Result<Fingerprint>>;
  /** Fills `into` from `offset`; returns the bytes read, fewer only at the end of the file. */
  read(into: Uint8Array, offset: number): Promise<Result<number>>;
  close(): Promise<void>;
}

/** A file that was read in one go: what is in memory is one state of it. */
export interface ReadFile {
  readonly fingerprint: Fingerprint;
  readonly bytes: Uint8Array;
  /** quickXorHash of the bytes, in base64. */
  readonly hash: string;
}

/**
 * A source: a folder tree that is only ever read. Paths are relative to its root, with `/` between segments;
 * the root is ''. There is no method that writes, and none may be added.
 */
export interface Source {
  /** The path that the user gave, made absolute. */
  readonly root: string;
  /** Whether the root is there, is a folder and can be listed. Codes: source-missing, source-not-a-folder, source-root-unreadable. */
  probe(): Promise<Result<SourceEntry>>;
  /**
   * Lists one folder in batches of at most 1,000 entries, without `.` and `..`, in no particular order.
   * The next batch is read when the last has been taken, so that a folder of any width needs little memory.
   * A problem (folder-unreadable, folder-vanished, read-failed) is the last thing that comes.
   * Here and below a share can also be source-unreachable or source-sign-in-refused, which is not about this one path.
   */
  list(path: string): AsyncIterable<Result<readonly SourceEntry[]>>;
  /** Opens a file for reading. Codes: file-unreadable, file-in-use, file-vanished, read-failed. */
  open(path: string): Promise<Result<SourceFile>>;
  /**
   * Reads small files in one go, with their fingerprints before and after: one answer for each, in order. Undefined: it has more than
   * `limit` bytes. Codes: those of `open`, and file-changed-while-read. Only there where it is faster than to open each by itself.
   * @param lent memory for the bytes, as far as they fit into it; it changes hands, and comes back as that of the files in it
   */
  readFiles?(
    paths: readonly string[],
    limit: number,
    lent?: ArrayBuffer,
  ): Promise<readonly Result<ReadFile | undefined>[]>;
  /**
   * The owner of a file, a call or two to the server for each. Only there where the system tells one. Codes: access-list-unreadable,
   * file-vanished.
   */
  owner?(path: string): Promise<Result<Owner>>;
  close(): Promise<void>;
}

/** What can be asked about a source besides, each with a call of its own: a copy needs none of it. */
export interface SourceFacts {
  /**
   * Who has access to a file or folder, in the words of its system: an access list of Windows, or owner, group and mode. Links are not
   * followed. A call or two to the server for each. Access lists of POSIX and of NFS are not read: owner, group and mode are what is
   * told of them. Codes: access-list-unreadable, file-vanished.
   */
  rights(path: string): Promise<Result<Rights>>;
  /** Who a SID of an access list of this source is, asked where the source is. */
  principal(sid: string): Promise<Principal>;
  /** Room on the volume of the root. Code: read-failed. */
  space(): Promise<Result<Space>>;
}

/** A source about which everything can be asked: what the readers are. */
export interface FullSource extends Source, SourceFacts {}
