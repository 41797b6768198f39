import type { AllowanceState } from '../../src-shared/model/allowance.ts';
import type { Problem, Result } from '../../src-shared/model/problem.ts';

/** The destination's own name for an item. Opaque. */
export type RemoteId = string;

/** Times that the copy is to carry; milliseconds since 1970. The destination keeps whole seconds. */
export interface Times {
  readonly created: number;
  readonly modified: number;
}

/** An item as the destination reports it. */
export interface RemoteItem {
  readonly id: RemoteId;
  readonly parent: RemoteId;
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
  readonly modified: number;
  /** Changes with every change of the item; a write can be made conditional on it. */
  readonly tag: string;
  /** quickXorHash, 20 bytes in base64; undefined while (or where) the service gives none. */
  readonly hash: string | undefined;
}

/** Where a task writes to, after its address was resolved. */
export interface DestinationRoot {
  readonly id: RemoteId;
  /** Address for people. */
  readonly url: string;
  /** Decoded, server-relative, without slash at either end: `sites/x/Shared Documents/Sub`. Counts towards the 400 characters. */
  readonly path: string;
  /** The folder is the root of a library (where `forms` is reserved). */
  readonly isLibraryRoot: boolean;
  /** The folder did not exist or had no children when it was resolved: nothing in it needs asking. */
  readonly empty: boolean;
}

/** An order to upload one file of at least one byte. */
export interface UploadRequest {
  readonly parent: RemoteId;
  readonly name: string;
  readonly size: number;
  readonly times: Times;
  /** `create`: the name must be free. Otherwise the tag that the item must still have to be replaced by a new version. */
  readonly replace: 'create' | { readonly id: RemoteId; readonly tag: string };
}

/** An item to be removed, as it was left. */
export type Removal = { readonly id: RemoteId; readonly name: string } & (
  | { readonly kind: 'file'; readonly tag: string }
  | { readonly kind: 'folder'; readonly parent: RemoteId }
);

/** An item to get another name, another folder, or both; as it was left. */
export type Move = {
  readonly id: RemoteId;
  /** Where it was left. */
  readonly from: { readonly parent: RemoteId; readonly name: string };
  readonly to: { readonly parent: RemoteId; readonly name: string };
} & (
  | {
      readonly kind: 'file';
      readonly tag: string;
      /** What it carries, and goes on to carry. */
      readonly times: Times;
    }
  | { readonly kind: 'folder' }
);

/** A folder that is to have a time; milliseconds since 1970. */
export interface FolderTime {
  readonly id: RemoteId;
  readonly name: string;
  readonly modified: number;
}

/** A file whose author and editor are to be somebody; as it was left. */
export interface Authorship {
  readonly id: RemoteId;
  readonly name: string;
  readonly tag: string;
  /** Time of its last change, as it was left; milliseconds since 1970. */
  readonly modified: number;
  /** The person's sign-in name at the destination: `alice@contoso.com`. */
  readonly person: string;
}

/** A file as it is once it was asked for an author; its tag may be another one. */
export interface Attributed {
  readonly item: RemoteItem;
  /** Why the person does not stand there; undefined: the person does. Codes: person-unknown-at-destination, author-not-set. */
  readonly refused: Problem | undefined;
}

/** An upload under way. The token is a secret (whoever has it may write): it is stored encrypted and never shown. */
export interface UploadSession {
  readonly token: string;
  /** Milliseconds since 1970; moves forward with each fragment. */
  readonly expires: number;
}

/** Bytes of a file on their way. */
export interface Fragment {
  readonly offset: number;
  /** Bytes of the whole file. */
  readonly total: number;
  readonly bytes: Uint8Array;
  /** quickXorHash of the whole file, with its last fragment: lets the copy be recognised when the answer gets lost. */
  readonly hash?: string | undefined;
}

/** What came of a fragment: the offset that is wanted next, or the finished item. */
export type Sent =
  | { readonly done: false; readonly next: number; readonly session: UploadSession }
  | { readonly done: true; readonly item: RemoteItem };

/** One page of what is, or what changed, below the destination's root. The last page carries the mark to go on from. */
export interface ChangePage {
  readonly items: readonly RemoteItem[];
  readonly deleted: readonly RemoteId[];
  /** Undefined on all pages but the last. */
  readonly mark: string | undefined;
}

/** What the destination was asked so far. Monotonic since it was opened. */
export interface DestinationMetrics {
  readonly requests: number;
  readonly resourceUnits: number;
  readonly retries: number;
  readonly throttledUntil: number | null;
  /** How much is used of the limits that are known; they are shared by all that one sign-in does. */
  readonly allowances: readonly AllowanceState[];
}

/** Calls back while a call has to wait, so that the slot can say what it waits for. */
export type OnWait = (wait: 'throttled' | 'budget' | 'backing-off' | undefined) => void;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Asked right before each try that writes, whatever was waited for until then. False: nothing of that try is sent, and the
   * call ends with `stopped-by-you`.
   */
  readonly admit?: (() => boolean) | undefined;
  readonly onWait?: OnWait | undefined;
}

export interface ChangeOptions extends CallOptions {
  /** Changes of the whole drive come, wherever they are: nothing is asked for to find out what is below the root. */
  readonly everywhere?: true | undefined;
}

/**
 * A place that files are copied to. Every call retries by itself what is worth retrying, honours the
 * service's waiting times together with all other calls, and ends in a value: what comes back as a
 * problem is final for this call. An aborted signal, or a try that is not admitted, ends a call with
 * `stopped-by-you`; whoever says so knows why.
 */
export interface Destination {
  readonly root: DestinationRoot;
  /** Makes a folder, or finds the one of that name. Codes: kind-differs, name-blocked-by-lost-upload and the general ones. */
  makeFolder(
    parent: RemoteId,
    name: string,
    /** Undefined: as the service sets them. */
    times: Times | undefined,
    options?: CallOptions,
  ): Promise<Result<{ readonly item: RemoteItem; readonly existed: boolean }>>;
  /**
   * Opens uploads, up to {@link Destination.openAtOnce} in one round trip; one result for each request, in order.
   * Codes: occupied-at-destination (the name is taken), edited-at-destination (the tag is no longer that one),
   * name-blocked-by-lost-upload (an unfinished upload of which nobody has the token holds the name: try again later),
   * destination-locked, quota-full, refused-by-service ...
   */
  openUploads(
    requests: readonly UploadRequest[],
    options?: CallOptions,
  ): Promise<readonly Result<UploadSession>[]>;
  readonly openAtOnce: number;
  /**
   * Where an upload stands: the next offset that is wanted, or the finished item (by name, time and size: compare its
   * hash). Code session-lost when the service forgot it.
   */
  resume(session: UploadSession, options?: CallOptions): Promise<Result<Sent>>;
  /**
   * Sends bytes from `offset`; all but the last fragment of a file are a multiple of 320 KiB long.
   * When the answer is lost, finds out by itself what arrived. Code session-lost: open another one.
   */
  send(session: UploadSession, fragment: Fragment, options?: CallOptions): Promise<Result<Sent>>;
  /** Gives an upload up and frees its name. Forgotten sessions are no problem. */
  cancel(session: UploadSession, options?: CallOptions): Promise<Result<void>>;
  /** Writes a file without content, with its times. */
  putEmpty(request: UploadRequest, options?: CallOptions): Promise<Result<RemoteItem>>;
  /**
   * Puts an item into the recycle bin, if it is as it was left: a file if it has this tag, a folder if it has this name and place
   * and nothing is in it. One that is gone is no problem. Codes: edited-at-destination (it is not as it was left),
   * folder-not-empty, destination-locked, refused-by-service (retention ...).
   */
  remove(item: Removal, options?: CallOptions): Promise<Result<void>>;
  /**
   * Gives an item another name or another folder, with all that it is: a file if it has this tag, a folder with all that is in it if it
   * stands where it was left. One that stands at its new place already is no problem: as it is now it is told. Codes:
   * occupied-at-destination (the name is taken), edited-at-destination (it is not as it was left), copy-missing (it is gone),
   * destination-locked, path-too-long, refused-by-service.
   */
  move(item: Move, options?: CallOptions): Promise<Result<RemoteItem>>;
  /**
   * Gives folders the time of their last change, up to {@link Destination.openAtOnce} in one round trip; one result for each, in order. Codes:
   * copy-missing (it is gone), destination-locked, refused-by-service ...
   */
  dateFolders(folders: readonly FolderTime[], options?: CallOptions): Promise<readonly Result<void>[]>;
  /**
   * Says who made files and who changed them last, up to {@link Destination.openAtOnce} in one round trip; one result for each, in order. Their
   * content, times and versions stay as they are. Codes: authors-not-permitted (this sign-in may not say so, of any file), author-not-set,
   * edited-at-destination (it is not as it was left), copy-missing, destination-locked ...
   */
  setAuthors(files: readonly Authorship[], options?: CallOptions): Promise<readonly Result<Attributed>[]>;
  /** The item of that name in a folder, or undefined. */
  find(parent: RemoteId, name: string, options?: CallOptions): Promise<Result<RemoteItem | undefined>>;
  /** The item of that id, wherever it stands by now; undefined when it is gone. */
  findById(id: RemoteId, options?: CallOptions): Promise<Result<RemoteItem | undefined>>;
  /**
   * What is in a folder, not what is below that, in pages of at most 1,000. Code copy-missing: there is no such folder (any more).
   */
  children(folder: RemoteId, options?: CallOptions): AsyncIterable<Result<readonly RemoteItem[]>>;
  /**
   * The bytes of a file from an offset on, in order, in pieces of at most 8 MiB. What breaks off is gone on with. A problem is the last
   * thing that comes, and may come after the last byte. Codes: copy-missing (there is no such item any more), edited-at-destination
   * (it has not this tag and size any more: what came may be of both).
   */
  download(
    file: Pick<RemoteItem, 'id' | 'size' | 'tag'>,
    from: number,
    options?: CallOptions,
  ): AsyncIterable<Result<Uint8Array>>;
  /**
   * Everything below the root (`since` undefined), what changed since a mark, or nothing but a new mark (`since: 'now'`).
   * Only items below the destination's root come. Code `session-lost` when the mark is too old: enumerate again.
   */
  changes(since: string | 'now' | undefined, options?: ChangeOptions): AsyncIterable<Result<ChangePage>>;
  metrics(): DestinationMetrics;
  close(): Promise<void>;
}
