import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import type { Fingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Principal, Rights, Space } from '../../../src-shared/model/rights.ts';
import { Owners } from '../owners.ts';
import type { FullSource, Owner, SourceEntry, SourceFile } from '../source.ts';
import { derivedAccessList, derivedPrincipal } from './access.ts';
import { fillContent } from './content.ts';
import { draw, PURPOSE } from './draw.ts';
import { Line, type Sleep } from './line.ts';
import type { SyntheticOptions } from './options.ts';
import { entriesOf, type Ground, type Place, placeAt } from './places.ts';
import { DerivedTree } from './tree.ts';
import { Written } from './written.ts';

const BATCH = 1_000;

type FolderPlace = Extract<Place, { kind: 'folder' }>;
type FilePlace = Extract<Place, { kind: 'file' }>;

/**
 * A source without a disk: a tree of any size that follows from a seed, behind a line with latency and faults. Nothing of the tree
 * is held in memory. For tests, benchmarks and rehearsals of what a real share would only do once.
 *
 * @param sleep how the time of a call is waited for; needed only where the line has latency
 */
export function openSyntheticSource(options: SyntheticOptions, sleep?: Sleep): SyntheticSource {
  const asked: Sleep = sleep ?? (() => Promise.reject(new Error('latency needs a sleep')));
  const ground: Ground = { tree: new DerivedTree(options), written: new Written(), generation: 1 };
  return new SyntheticSource(options, ground, new Line(options.line ?? {}, asked), '');
}

export class SyntheticSource implements FullSource {
  readonly root: string;
  /** The way to the tree: how many calls were made, and whether the network is there. */
  readonly line: Line;
  readonly #options: SyntheticOptions;
  readonly #ground: Ground;
  readonly #at: string;
  readonly #owners = new Owners(this);

  constructor(options: SyntheticOptions, ground: Ground, line: Line, at: string) {
    this.root = `synthetic:${options.seed}${at === '' ? '' : `/${at}`}`;
    this.line = line;
    this.#options = options;
    this.#ground = ground;
    this.#at = at;
  }

  /** What was put into the tree by hand. */
  get written(): Written {
    return this.#ground.written;
  }

  /** The tree as it is after so many changes; 1 is how it begins. Open files see it too. */
  get generation(): number {
    return this.#ground.generation;
  }

  set generation(generation: number) {
    this.#ground.generation = generation;
  }

  /** The same tree from another root. */
  at(path: string): SyntheticSource {
    return new SyntheticSource(this.#options, this.#ground, this.line, this.#below(path));
  }

  async probe(): Promise<Result<SourceEntry>> {
    const where = this.root;
    if (!(await this.line.call())) return failed('source-unreachable', { where });
    const place = placeAt(this.#ground, this.#at);
    if (!place) return failed('source-missing', { where });
    if (place.kind !== 'folder') return failed('source-not-a-folder', { where });
    return this.written.isForbidden(this.#at) ? failed('source-root-unreadable', { where }) : ok(place.entry);
  }

  async *list(path: string): AsyncIterable<Result<readonly SourceEntry[]>> {
    let entries: Iterator<SourceEntry> | undefined;
    for (;;) {
      if (!(await this.line.call())) return yield failed('source-unreachable', { where: path });
      if (!entries) {
        const place = placeAt(this.#ground, this.#below(path));
        if (place?.kind !== 'folder') return yield failed('folder-vanished', { where: path });
        const fault = this.#folderFault(place);
        if (fault) return yield failed(fault, { where: path });
        entries = entriesOf(this.#ground, place.path, place.derived);
      }
      const batch = take(entries, BATCH);
      yield ok(batch);
      if (batch.length < BATCH) return;
    }
  }

  async open(path: string): Promise<Result<SourceFile>> {
    if (!(await this.line.call())) return failed('source-unreachable', { where: path });
    const place = placeAt(this.#ground, this.#below(path));
    if (place?.kind !== 'file') return failed('file-vanished', { where: path });
    const fault = this.#fileFault(this.#below(path), place);
    if (fault) return failed(fault, { where: path });
    return ok(new SyntheticFile(this.#ground, this.line, this.#below(path), place));
  }

  async rights(path: string): Promise<Result<Rights>> {
    if (!(await this.line.call())) return failed('source-unreachable', { where: path });
    const at = this.#below(path);
    const place = placeAt(this.#ground, at);
    if (!place || (place.kind === 'folder' && this.#folderFault(place) === 'folder-vanished')) {
      return failed('file-vanished', { where: path });
    }
    if (this.written.isForbidden(at)) return failed('access-list-unreadable', { where: path });
    return ok({ system: 'windows', sddl: derivedAccessList(this.#options, place) });
  }

  owner(path: string): Promise<Result<Owner>> {
    return this.#owners.of(path);
  }

  async principal(sid: string): Promise<Principal> {
    return derivedPrincipal(sid);
  }

  async space(): Promise<Result<Space>> {
    if (!(await this.line.call())) return failed('source-unreachable', { where: this.root });
    return ok({ free: 2 ** 40, total: 2 ** 42 });
  }

  async close(): Promise<void> {
    // Nothing is open: a listing that was left holds nothing.
  }

  #below(path: string): string {
    return this.#at === '' || path === '' ? this.#at || path : `${this.#at}/${path}`;
  }

  #folderFault({ path, derived }: FolderPlace): Code | undefined {
    if (this.written.isForbidden(path)) return 'folder-unreadable';
    const { unreadableFolders = 0, vanishedFolders = 0 } = this.#options.faults ?? {};
    if (derived === undefined || derived === 0) return undefined;
    if (this.#hits(PURPOSE.unreadable, unreadableFolders, derived, -1)) return 'folder-unreadable';
    return this.#hits(PURPOSE.vanished, vanishedFolders, derived, -1) ? 'folder-vanished' : undefined;
  }

  #fileFault(path: string, place: FilePlace): Code | undefined {
    if (this.written.isForbidden(path)) return 'file-unreadable';
    if ('written' in place) return undefined;
    const { unreadableFiles = 0, vanishedFiles = 0, lockedFiles = 0 } = this.#options.faults ?? {};
    const { folder, derived } = place;
    if (this.#hits(PURPOSE.unreadable, unreadableFiles, folder, derived.at)) return 'file-unreadable';
    if (this.#hits(PURPOSE.vanished, vanishedFiles, folder, derived.at)) return 'file-vanished';
    return this.#hits(PURPOSE.locked, lockedFiles, folder, derived.at) ? 'file-in-use' : undefined;
  }

  #hits(purpose: number, share: number, folder: number, at: number): boolean {
    return share > 0 && draw(this.#options.seed, purpose, folder, at) < share;
  }
}

/** An open file keeps the content that it had when it was opened, as far as it can, and tells what is there now. */
class SyntheticFile implements SourceFile {
  readonly #ground: Ground;
  readonly #line: Line;
  readonly #path: string;
  /** What was last seen at the path: of a deleted file an open handle still has everything. */
  #place: FilePlace;

  constructor(ground: Ground, line: Line, path: string, place: FilePlace) {
    this.#ground = ground;
    this.#line = line;
    this.#path = path;
    this.#place = place;
  }

  async fingerprint(): Promise<Result<Fingerprint>> {
    if (!(await this.#line.call())) return failed('source-unreachable', { where: this.#path });
    const { size, modified, fileId } = this.#look().entry;
    return ok({ size, modified, fileId });
  }

  async read(into: Uint8Array, offset: number): Promise<Result<number>> {
    if (!(await this.#line.call())) return failed('source-unreachable', { where: this.#path });
    const place = this.#look();
    const count = Math.max(0, Math.min(into.length, place.entry.size - offset));
    const part = into.subarray(0, count);
    if ('written' in place) part.set(place.written.content.subarray(offset, offset + count));
    else fillContent(place.derived.contentKey, part, offset);
    return ok(count);
  }

  async close(): Promise<void> {
    // Nothing is held.
  }

  #look(): FilePlace {
    const now = placeAt(this.#ground, this.#path);
    if (now?.kind === 'file') this.#place = now;
    return this.#place;
  }
}

function take(entries: Iterator<SourceEntry>, limit: number): SourceEntry[] {
  const taken: SourceEntry[] = [];
  while (taken.length < limit) {
    const next = entries.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
