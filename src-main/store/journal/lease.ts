import type { Statement } from 'better-sqlite3';
import type { GivenAway } from '../../../src-shared/contract/fleet.ts';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Elsewhere, JournalLease, LeaseTaken } from '../journal.ts';
import type { Desk } from './desk.ts';
import { COPIED, type ItemRow, packFileId, STATE } from './item-state.ts';
import type { Offers } from './offers.ts';

/** An upload of the former holder, its token sealed. */
export interface SealedHanded {
  readonly path: string;
  readonly token: Uint8Array;
  readonly expires: number;
  readonly size: number;
  readonly modified: number;
  readonly file_id: string | null;
}

export const HANDED =
  'SELECT path, token, expires, size, modified, CAST(file_id AS TEXT) AS file_id FROM handed';

export type SealedLease = Omit<JournalLease, 'uploads'> & { readonly uploads: readonly SealedHanded[] };

/** Under which lease the journal is worked on, and what a lease brings with it. */
export class Leases {
  readonly #desk: Desk;
  readonly #offers: Offers;
  readonly #dropElsewhere: Statement;
  readonly #saveElsewhere: Statement;
  readonly #elsewhere: Statement<[string], { name: string; whole: number }>;
  readonly #dropHanded: Statement;
  readonly #saveHanded: Statement;
  readonly #handed: Statement<[], SealedHanded>;

  constructor(desk: Desk, offers: Offers) {
    const { database } = desk;
    this.#desk = desk;
    this.#offers = offers;
    this.#dropElsewhere = database.prepare('DELETE FROM elsewhere');
    this.#saveElsewhere = database.prepare(
      'INSERT OR REPLACE INTO elsewhere (folder, name, whole) VALUES (?, ?, ?)',
    );
    this.#elsewhere = database.prepare('SELECT name, whole FROM elsewhere WHERE folder = ?');
    this.#dropHanded = database.prepare('DELETE FROM handed');
    this.#handed = database.prepare(HANDED);
    this.#saveHanded = database.prepare('INSERT OR REPLACE INTO handed VALUES (?, ?, ?, ?, ?, ?)');
  }

  take(lease: SealedLease): LeaseTaken {
    const known = this.#knows(lease);
    if (lease.takeUp === 'go-on' && !known) return 'unknown';
    if (known && lease.takeUp !== 'take-over') {
      this.#note(lease);
      return 'known';
    }
    const desk = this.#desk;
    // What it knows of this very run is of a holder before, or of somebody else's copy of this file.
    const stale = desk.run === lease.run;
    const takenOver = lease.takeUp === 'take-over' || stale;
    if (stale) desk.saveMeta('anew', 1);
    desk.saveMeta('taken over', takenOver ? 1 : 0);
    desk.saveMeta('offers taken', lease.offersTaken);
    this.#dropElsewhere.run();
    for (const away of lease.except) this.#away(away);
    this.#dropHanded.run();
    for (const { path, token, expires, size, modified, file_id } of lease.uploads)
      this.#saveHanded.run(path, token, expires, size, modified, packFileId(file_id ?? undefined));
    this.#note(lease);
    return 'begins';
  }

  /** Uploads of the former holder for files that were not copied after all. */
  handedLeft(): readonly SealedHanded[] {
    return this.#handed.all().filter(({ path }) => !this.#isCopied(path));
  }

  dropHanded(): void {
    this.#dropHanded.run();
  }

  elsewhere(folder: string): readonly Elsewhere[] {
    return this.#elsewhere.all(folder).map(({ name, whole }) => ({ name, whole: whole === 1 }));
  }

  /** The last lease was the one before this one, and nothing that the coordinator has taken since is missing here. */
  #knows({ run, epoch, offersTaken }: SealedLease): boolean {
    const desk = this.#desk;
    const last = Number(desk.meta('lease epoch') ?? 0);
    return (
      desk.meta('lease run') === run &&
      (last === epoch || last === epoch - 1) &&
      offersTaken <= this.#offers.last
    );
  }

  #isCopied(path: string): boolean {
    let at: ItemRow | undefined = this.#desk.item(ROOT_ITEM);
    for (const name of path.split('/')) at = at && this.#desk.find(at.id, name);
    return at?.run === this.#desk.mark && at.state === STATE.settled && at.outcome === COPIED;
  }

  #note({ run, epoch }: SealedLease): void {
    this.#desk.saveMeta('lease run', run);
    this.#desk.saveMeta('lease epoch', epoch);
  }

  #away({ path, files }: GivenAway): void {
    if (files !== undefined) {
      for (const name of files) this.#saveElsewhere.run(path, name, 0);
      return;
    }
    const cut = path.lastIndexOf('/');
    this.#saveElsewhere.run(path.slice(0, Math.max(0, cut)), path.slice(cut + 1), 1);
  }
}
