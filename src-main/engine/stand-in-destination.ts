import { failed, ok, type Problem, type Result } from '../../src-shared/model/problem.ts';
import { nameKey } from '../../src-shared/rules/names.ts';
import { QuickXorHash } from '../../src-shared/rules/quick-xor-hash.ts';
import type {
  Attributed,
  Authorship,
  CallOptions,
  ChangePage,
  Destination,
  FolderTime,
  Move,
  RemoteItem,
  Removal,
  Sent,
  UploadRequest,
  UploadSession,
} from '../destination/destination.ts';

/** What is asked of it, for tests that count and for faults. */
export type CallKind =
  | 'makeFolder'
  | 'open'
  | 'resume'
  | 'send'
  | 'cancel'
  | 'putEmpty'
  | 'remove'
  | 'move'
  | 'dateFolders'
  | 'setAuthors'
  | 'find'
  | 'children'
  | 'changes'
  | 'download';

interface StoredItem extends RemoteItem {
  readonly content: Uint8Array | undefined;
  readonly versions: number;
  /** Whom it was said to be by. */
  readonly author?: string;
}

interface StoredSession {
  readonly request: UploadRequest;
  received: Uint8Array;
}

/**
 * A stand-in for a destination, in memory, for tests of the engine alone: keeps the rules that the engine builds on (a
 * name is free or taken, an open upload blocks its name, tags change with each write, changes come by mark).
 */
export class StandInDestination implements Destination {
  readonly root: Destination['root'];
  readonly openAtOnce = 20;
  /** Items by id; the root is 'root'. */
  readonly items = new Map<string, StoredItem>();
  readonly calls = new Map<CallKind, number>();
  /** What was written, in order: so that a test can see that nothing came after a stop. */
  readonly writes: string[] = [];
  /** Asked before each call: a problem is what the call then answers. May be asynchronous, to hold a call. */
  fault: (kind: CallKind, about: string) => Problem | undefined | Promise<Problem | undefined> = () =>
    undefined;
  /** Asked after the last byte of a file is stored: true loses the answer. */
  loseAnswer: (name: string) => boolean = () => false;
  /** What the service makes of content when it is saved. */
  rewrite: (name: string, content: Uint8Array) => Uint8Array = (_, content) => content;
  /** Whether a hash is told. */
  tellsHash: (name: string) => boolean = () => true;
  /** Whether an item is listed by `changes`. */
  lists: (name: string) => boolean = () => true;
  /** Milliseconds since 1970 that a folder is given when something is written into it; undefined leaves its time alone. */
  touchesFolders: number | undefined;
  /** Persons that it does not know. */
  readonly strangers = new Set<string>();
  /** The hash that came with the last fragment of each file. */
  readonly hashes = new Map<string, string | undefined>();
  readonly #sessions = new Map<string, StoredSession>();
  /** By the token of the upload that made it: id and tag. */
  readonly #made = new Map<string, RemoteItem>();
  readonly #log: ({ readonly id: string } | { readonly deleted: string })[] = [];
  #last = 0;

  constructor(root: Partial<Destination['root']> = {}) {
    this.root = {
      id: 'root',
      url: 'https://stand.in/sites/x/Documents',
      path: 'sites/x/Documents',
      isLibraryRoot: true,
      empty: true,
      ...root,
    };
  }

  /** Puts something there by other hands. */
  plant(parent: string, name: string, content: string | undefined, modified: number): RemoteItem {
    return this.#store({
      parent,
      name,
      content: content === undefined ? undefined : Buffer.from(content),
      modified,
    });
  }

  /** Another version of a file, by other hands. */
  edit(id: string, content: string, modified: number): void {
    const old = this.items.get(id);
    if (!old) throw new Error(`no item ${id}`);
    const { parent, name } = old;
    this.#store({ parent, name, content: Buffer.from(content), modified }, old);
  }

  /** Away by other hands. */
  vanish(id: string): void {
    this.items.delete(id);
    this.#log.push({ deleted: id });
  }

  /** The hash of an item comes to be known. */
  tellHash(path: string): void {
    const item = this.at(path);
    if (!item?.content) throw new Error(`no file ${path}`);
    this.items.set(item.id, { ...item, hash: new QuickXorHash().update(item.content).toBase64() });
    this.touch(item.id);
  }

  /** Lists an item as changed that a test changed by hand. */
  touch(id: string): void {
    this.#log.push({ id });
  }

  /** Forgets all open uploads, as after a night. */
  forgetUploads(): void {
    this.#sessions.clear();
  }

  /** Opens an upload of which nobody keeps the token, as a process does that is killed at that moment. */
  async loseUpload(name: string, parent = 'root'): Promise<void> {
    const request = { parent, name, size: 4, times: { created: 0, modified: 0 }, replace: 'create' } as const;
    await this.openUploads([request]);
  }

  get openSessions(): number {
    return this.#sessions.size;
  }

  /** Paths of all items below the root with their content. */
  tree(): Record<string, string | null> {
    const rows = [...this.items.values()].map((item) => [this.pathOf(item), item.content] as const);
    rows.sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      rows.map(([path, content]) => [path, content ? Buffer.from(content).toString() : null]),
    );
  }

  pathOf(item: RemoteItem): string {
    const parent = this.items.get(item.parent);
    return parent ? `${this.pathOf(parent)}/${item.name}` : item.name;
  }

  at(path: string): StoredItem | undefined {
    return [...this.items.values()].find((item) => this.pathOf(item) === path);
  }

  async makeFolder(
    parent: string,
    name: string,
    times: { readonly modified: number } | undefined,
    options: CallOptions = {},
  ): ReturnType<Destination['makeFolder']> {
    const problem = await this.#called('makeFolder', name, options);
    if (problem) return failed(problem.code, problem);
    const there = this.#child(parent, name);
    if (there?.kind === 'file') return failed('kind-differs');
    if (there) return ok({ item: there, existed: true });
    return ok({
      item: this.#store({ parent, name, content: undefined, modified: times?.modified ?? 0 }),
      existed: false,
    });
  }

  async openUploads(
    requests: readonly UploadRequest[],
    options: CallOptions = {},
  ): Promise<readonly Result<UploadSession>[]> {
    this.#count('open');
    return Promise.all(requests.map((request) => this.#open(request, options)));
  }

  async resume(session: UploadSession): Promise<Result<Sent>> {
    const problem = await this.#called('resume', '');
    if (problem) return failed(problem.code, problem);
    const stored = this.#sessions.get(session.token);
    const made = this.#made.get(session.token);
    const there = made && this.items.get(made.id);
    if (there && there.tag === made.tag) return ok({ done: true, item: there });
    if (!stored) return failed('session-lost');
    return ok({ done: false, next: stored.received.length, session });
  }

  async send(
    session: UploadSession,
    fragment: Parameters<Destination['send']>[1],
    options: CallOptions = {},
  ): Promise<Result<Sent>> {
    const stored = this.#sessions.get(session.token);
    const problem = await this.#called('send', stored?.request.name ?? '', options);
    if (options.signal?.aborted) return failed('stopped-by-you');
    if (problem) return failed(problem.code, problem);
    if (!stored) return failed('session-lost');
    const { received, request } = stored;
    if (fragment.offset !== received.length) {
      return ok({ done: false, next: received.length, session });
    }
    stored.received = Buffer.concat([received, fragment.bytes]);
    if (stored.received.length < fragment.total) {
      if (fragment.hash !== undefined) throw new Error('a hash came before the last fragment');
      this.writes.push(`fragment ${request.name} ${fragment.offset}`);
      return ok({ done: false, next: stored.received.length, session });
    }
    this.hashes.set(request.name, fragment.hash);
    this.#sessions.delete(session.token);
    const taken = this.#taken(request);
    if (taken) return taken;
    const item = this.#commit(request, stored.received);
    this.#made.set(session.token, item);
    if (this.loseAnswer(request.name)) return failed('session-lost');
    return ok({ done: true, item });
  }

  async cancel(session: UploadSession, options: CallOptions = {}): Promise<Result<void>> {
    const problem = await this.#called('cancel', '', options);
    if (problem) return failed(problem.code, problem);
    this.#sessions.delete(session.token);
    return ok(undefined);
  }

  async putEmpty(request: UploadRequest, options: CallOptions = {}): Promise<Result<RemoteItem>> {
    const problem = await this.#called('putEmpty', request.name, options);
    if (problem) return failed(problem.code, problem);
    return this.#taken(request) ?? ok(this.#commit(request, new Uint8Array()));
  }

  async remove(item: Removal, options: CallOptions = {}): Promise<Result<void>> {
    const problem = await this.#called('remove', item.name, options);
    if (problem) return failed(problem.code, problem);
    const there = this.items.get(item.id);
    if (!there) return ok(undefined);
    const same =
      item.kind === 'file'
        ? there.tag === item.tag
        : there.content === undefined && there.name === item.name && there.parent === item.parent;
    if (!same) return failed('edited-at-destination');
    if ([...this.items.values()].some(({ parent }) => parent === item.id)) return failed('folder-not-empty');
    this.vanish(item.id);
    this.writes.push(`removed ${item.name}`);
    return ok(undefined);
  }

  async move(item: Move, options: CallOptions = {}): Promise<Result<RemoteItem>> {
    const { id, from, to } = item;
    const problem = await this.#called('move', to.name, options);
    if (problem) return failed(problem.code, problem);
    const there = this.items.get(id);
    if (!there) return failed('copy-missing');
    if (there.parent === to.parent && there.name === to.name) return ok(there);
    const same =
      item.kind === 'file'
        ? there.tag === item.tag
        : there.parent === from.parent && there.name === from.name;
    if (!same) return failed('edited-at-destination');
    const other = this.#child(to.parent, to.name);
    if (other && other.id !== id) return failed('occupied-at-destination');
    const moved = { ...there, ...to, tag: `tag-${++this.#last}` };
    this.items.set(id, moved);
    this.#log.push({ id });
    this.writes.push(`moved ${from.name} to ${this.pathOf(moved)}`);
    return ok(moved);
  }

  async dateFolders(
    folders: readonly FolderTime[],
    options: CallOptions = {},
  ): Promise<readonly Result<void>[]> {
    this.#count('dateFolders');
    return Promise.all(
      folders.map(async ({ id, name, modified }) => {
        const problem = await this.#obstacle('dateFolders', name, options);
        if (problem) return failed(problem.code, problem);
        const there = this.items.get(id);
        if (!there) return failed('copy-missing');
        this.items.set(id, { ...there, modified: Math.floor(modified / 1_000) * 1_000 });
        this.#log.push({ id });
        return ok(undefined);
      }),
    );
  }

  async setAuthors(
    files: readonly Authorship[],
    options: CallOptions = {},
  ): Promise<readonly Result<Attributed>[]> {
    this.#count('setAuthors');
    return Promise.all(
      files.map(async ({ id, name, tag, modified, person }) => {
        const problem = await this.#obstacle('setAuthors', name, options);
        if (problem) return failed(problem.code, problem);
        const there = this.items.get(id);
        if (!there) return failed('copy-missing');
        if (there.tag !== tag && there.modified !== modified) return failed('edited-at-destination');
        if (this.strangers.has(person)) {
          return ok({ item: there, refused: { code: 'person-unknown-at-destination', detail: person } });
        }
        const item = { ...there, author: person, tag: `tag-${++this.#last}` };
        this.items.set(id, item);
        this.#log.push({ id });
        this.writes.push(`${name} by ${person}`);
        return ok({ item, refused: undefined });
      }),
    );
  }

  async find(parent: string, name: string): Promise<Result<RemoteItem | undefined>> {
    const problem = await this.#called('find', name);
    return problem ? failed(problem.code, problem) : ok(this.#child(parent, name));
  }

  async findById(id: string): Promise<Result<RemoteItem | undefined>> {
    const problem = await this.#called('find', id);
    return problem ? failed(problem.code, problem) : ok(this.items.get(id));
  }

  async *children(folder: string): AsyncIterable<Result<readonly RemoteItem[]>> {
    const problem = await this.#called('children', folder);
    if (problem) yield failed(problem.code, problem);
    else yield ok([...this.items.values()].filter(({ parent }) => parent === folder));
  }

  async *download(
    file: Pick<RemoteItem, 'id' | 'size' | 'tag'>,
    from: number,
  ): AsyncIterable<Result<Uint8Array>> {
    const problem = await this.#called('download', file.id);
    const item = this.items.get(file.id);
    if (problem) yield failed(problem.code, problem);
    else if (!item) yield failed('copy-missing');
    else if (item.tag !== file.tag) yield failed('edited-at-destination');
    else yield ok((item.content ?? new Uint8Array()).subarray(from));
  }

  async *changes(since: string | 'now' | undefined): AsyncIterable<Result<ChangePage>> {
    const problem = await this.#called('changes', since ?? '');
    if (problem) {
      yield failed(problem.code, problem);
      return;
    }
    const mark = String(this.#log.length);
    const from = since === 'now' ? this.#log.length : Number(since ?? 0);
    const changed = this.#log.slice(from);
    const ids = new Set(changed.flatMap((entry) => ('id' in entry ? [entry.id] : [])));
    const items = [...ids].flatMap((id) => this.items.get(id) ?? []).filter((item) => this.lists(item.name));
    const deleted = changed.flatMap((entry) => ('deleted' in entry ? [entry.deleted] : []));
    yield ok({ items, deleted: since === undefined ? [] : deleted, mark });
  }

  metrics(): ReturnType<Destination['metrics']> {
    const requests = [...this.calls.values()].reduce((sum, count) => sum + count, 0);
    return { requests, resourceUnits: requests, retries: 0, throttledUntil: null, allowances: [] };
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }

  async #open(request: UploadRequest, options: CallOptions): Promise<Result<UploadSession>> {
    const problem = await this.#obstacle('open', request.name, options);
    if (problem) return failed(problem.code, problem);
    const held = [...this.#sessions.values()].some(
      (other) =>
        other.request.parent === request.parent && nameKey(other.request.name) === nameKey(request.name),
    );
    if (held) return failed('name-blocked-by-lost-upload');
    const taken = this.#taken(request);
    if (taken) return taken;
    const token = `session-${++this.#last}`;
    this.#sessions.set(token, { request, received: new Uint8Array() });
    this.writes.push(`open ${request.name}`);
    return ok({ token, expires: Date.UTC(2100, 0, 1) });
  }

  #taken(request: UploadRequest): { ok: false; problem: Problem } | undefined {
    const there = this.#child(request.parent, request.name);
    if (request.replace === 'create') return there && failed('occupied-at-destination');
    const same = there?.id === request.replace.id && there.tag === request.replace.tag;
    return same ? undefined : failed('edited-at-destination');
  }

  #commit(request: UploadRequest, content: Uint8Array): RemoteItem {
    const { parent, name, times } = request;
    const old = this.#child(parent, name);
    const modified = Math.floor(times.modified / 1_000) * 1_000;
    return this.#store({ parent, name, content: this.rewrite(name, content), modified }, old);
  }

  #store(
    made: {
      readonly parent: string;
      readonly name: string;
      readonly content: Uint8Array | undefined;
      readonly modified: number;
    },
    old?: StoredItem,
  ): StoredItem {
    const id = old?.id ?? `item-${++this.#last}`;
    const { content } = made;
    const item: StoredItem = {
      ...made,
      id,
      kind: content === undefined ? 'folder' : 'file',
      size: content?.length ?? 0,
      tag: `tag-${++this.#last}`,
      hash: content && this.tellsHash(made.name) ? new QuickXorHash().update(content).toBase64() : undefined,
      versions: (old?.versions ?? 0) + 1,
    };
    this.items.set(id, item);
    this.#log.push({ id });
    const folder = this.items.get(made.parent);
    if (folder && this.touchesFolders !== undefined) {
      this.items.set(folder.id, { ...folder, modified: this.touchesFolders });
      this.#log.push({ id: folder.id });
    }
    this.writes.push(`stored ${made.name}`);
    return item;
  }

  #child(parent: string, name: string): StoredItem | undefined {
    const key = nameKey(name);
    return [...this.items.values()].find((item) => item.parent === parent && nameKey(item.name) === key);
  }

  async #called(kind: CallKind, about: string, options: CallOptions = {}): Promise<Problem | undefined> {
    this.#count(kind);
    return this.#obstacle(kind, about, options);
  }

  /** What keeps a call from being done. Whether a call that writes is admitted is asked last, as by a real client. */
  async #obstacle(kind: CallKind, about: string, { admit }: CallOptions): Promise<Problem | undefined> {
    const problem = await this.fault(kind, about);
    return problem ?? (admit?.() === false ? { code: 'stopped-by-you' } : undefined);
  }

  #count(kind: CallKind): void {
    this.calls.set(kind, (this.calls.get(kind) ?? 0) + 1);
  }
}
