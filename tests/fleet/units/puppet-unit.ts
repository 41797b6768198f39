import type { Beat, Grant, Offer, ResultRow, Scope } from '../../../src-shared/contract/fleet.ts';
import { noTally, type Tally } from '../../../src-shared/model/counts.ts';
import { noLive } from '../../../src-shared/model/live.ts';

type Claim = Beat['units'][number];

/** What there is to copy: by folder ('' is the root), names of folders and files in it. Every file has this many bytes. */
export type Share = ReadonlyMap<
  string,
  { readonly folders: readonly string[]; readonly files: readonly string[] }
>;
export const FILE_BYTES = 10;

/** Where puppets copy to, and who may: a path has one owner for ever. */
export interface Place {
  readonly there: Set<string>;
  readonly owners: Map<string, string>;
}

export function join(folder: string, name: string): string {
  return folder === '' || name === '' ? folder + name : `${folder}/${name}`;
}

/** The journal of a unit on one machine, as an engine would have it: what is left to do, and what is not told yet. */
export class PuppetUnit {
  end: Claim['end'];
  readonly #unit: string;
  readonly #share: Share;
  readonly #place: Place;
  /** Folders that went as a whole, and files that did: no part of it any more. */
  readonly #away = new Set<string>();
  /** What was at the destination already: it is not given back, for it was told of before. */
  readonly #known = new Set<string>();
  readonly #folders: string[] = [];
  readonly #files: { readonly path: string; readonly parent: number; readonly name: string }[] = [];
  readonly #items = new Map<string, number>();
  #outbox: ResultRow[] = [];
  #seq: number;
  #offers: Offer[] = [];
  #offered: number;
  #found: Tally = noTally;

  constructor(grant: Grant, share: Share, place: Place) {
    this.#unit = grant.unit;
    this.#share = share;
    this.#place = place;
    this.#seq = grant.acknowledged;
    this.#offered = grant.offersTaken;
    const path = grant.scope?.path ?? '';
    this.#items.set(path, 1);
    for (const { path: below, files } of grant.except ?? []) {
      const folder = join(path, below);
      if (files === undefined) this.#away.add(folder);
      for (const name of files ?? []) this.#away.add(join(folder, name));
    }
    const part = grant.scope?.part;
    if (part === undefined) this.#folders.push(path);
    for (const { name } of part?.files ?? []) if (!this.#away.has(join(path, name))) this.#find(path, name);
  }

  /** The number of its last offer. */
  get offered(): number {
    return this.#offered;
  }

  /** One step: a folder is listed or a file copied. */
  step(): void {
    if (this.end !== undefined) return;
    const folder = this.#folders.shift();
    const file = folder === undefined ? this.#files.shift() : undefined;
    if (folder !== undefined) this.#list(folder);
    else if (file !== undefined) this.#copy(file);
    else if (this.#offers.length === 0) this.end = { how: 'done' };
  }

  /** Takes pieces out of what it has not begun. */
  giveBack(wanted: number): void {
    while (this.#offers.length < wanted && this.end === undefined) {
      const last = this.#folders.at(-1) ?? '';
      const may = this.#folders.length > 1 && !this.#known.has(last);
      const folder = may ? this.#folders.pop() : undefined;
      if (folder !== undefined) this.#offer({ path: folder, destinationPath: folder }, 0);
      else if (this.#files.length > 2 && !this.#known.has(this.#files.at(-1)?.path ?? '')) this.#offerFiles();
      else return;
    }
  }

  taken(upTo: number): void {
    const files = this.#offers.filter(({ no }) => no <= upTo).reduce((sum, offer) => sum + offer.files, 0);
    this.#offers = this.#offers.filter(({ no }) => no > upTo);
    this.#found = {
      ...this.#found,
      files: this.#found.files - files,
      bytes: this.#found.bytes - files * FILE_BYTES,
    };
  }

  acknowledge(upTo: number): void {
    this.#outbox = this.#outbox.filter(({ seq }) => seq > upTo);
  }

  claim(epoch: number, state: Claim['state'], most: number): Claim {
    const results = this.#outbox.slice(0, most);
    const all = results.length === this.#outbox.length;
    return {
      unit: this.#unit,
      epoch,
      state: this.end !== undefined && all ? 'ended' : state === 'paused' && !all ? 'pausing' : state,
      found: this.#found,
      live: noLive('copying'),
      results,
      offers: this.#offers,
      ...(this.end !== undefined && all ? { end: this.end } : {}),
    };
  }

  #list(folder: string): void {
    this.#own(folder);
    const { folders, files } = this.#share.get(folder) ?? { folders: [], files: [] };
    for (const name of folders) {
      const path = join(folder, name);
      this.#found = { ...this.#found, folders: this.#found.folders + 1 };
      const parent = this.#items.get(folder) ?? 1;
      this.#items.set(path, this.#items.size + 1);
      if (this.#place.there.has(path)) this.#known.add(path);
      this.#tell(path, parent, name, 'folder');
      if (!this.#away.has(path)) this.#folders.push(path);
    }
    for (const name of files) if (!this.#away.has(join(folder, name))) this.#find(folder, name);
  }

  #find(folder: string, name: string): void {
    const { files, bytes } = this.#found;
    this.#found = { ...this.#found, files: files + 1, bytes: bytes + FILE_BYTES };
    if (this.#place.there.has(join(folder, name))) this.#known.add(join(folder, name));
    this.#files.push({ path: join(folder, name), parent: this.#items.get(folder) ?? 1, name });
  }

  #copy({ path, parent, name }: { path: string; parent: number; name: string }): void {
    this.#own(path);
    this.#items.set(path, this.#items.size + 1);
    this.#tell(path, parent, name, 'file');
  }

  #tell(path: string, parent: number, name: string, kind: 'file' | 'folder'): void {
    const { there } = this.#place;
    this.#seq += 1;
    this.#outbox.push({
      ...{ seq: this.#seq, item: this.#items.get(path) ?? 0, parent, name, kind },
      ...{ size: kind === 'file' ? FILE_BYTES : 0, modified: 1_000, findings: [] },
      ...{
        outcome: there.has(path) ? 'present' : 'copied',
        grade: there.has(path) ? 'size-equal' : 'identical',
      },
    });
    there.add(path);
  }

  #own(path: string): void {
    const owner = this.#place.owners.get(path) ?? this.#unit;
    if (owner !== this.#unit) throw new Error(`${path} is worked on by ${owner} and by ${this.#unit}`);
    this.#place.owners.set(path, owner);
  }

  #offerFiles(): void {
    const last = this.#files.at(-1)?.path ?? '';
    const folder = last.slice(0, Math.max(0, last.lastIndexOf('/')));
    const given = this.#files
      .filter(({ path, name }) => path === join(folder, name) && !this.#known.has(path))
      .slice(-2);
    for (const file of given) this.#files.splice(this.#files.indexOf(file), 1);
    const files = given.map(({ name }) => ({
      ...{ folder: 0, name, size: FILE_BYTES, modified: 1_000, created: 1_000, findings: [] },
    }));
    const folders = [{ path: '', destinationPath: '', whole: false }];
    this.#offer({ path: folder, destinationPath: folder, part: { folders, files } }, given.length);
  }

  #offer(scope: Scope, files: number): void {
    this.#offered += 1;
    this.#offers.push({ no: this.#offered, scope, files, bytes: files * FILE_BYTES });
  }
}
