import type { Statement } from 'better-sqlite3';
import { type ItemId, itemKinds, outcomes } from '../../../src-shared/model/item.ts';
import type { TheirsFact } from '../../../src-shared/rules/decide.ts';
import { nameKey } from '../../../src-shared/rules/names.ts';
import type { EntryName, Known, OurCopy } from '../journal.ts';
import type { Desk } from './desk.ts';
import { FOLDER, gradeOf, type ItemRow, outcomeOf, STATE } from './item-state.ts';
import type { KeptNamesOf } from './kept-names.ts';
import { nameHash } from './name-hash.ts';
import { idOf, unpackRemote } from './pack-remote.ts';
import { fingerprintOf, oldFingerprint, type Plans } from './plans.ts';

interface TheirRow {
  readonly id: Buffer;
  readonly name: string;
  readonly kind: number;
  readonly size: number;
  readonly modified: number;
  readonly tag: string;
  readonly hash: string | null;
  readonly own: number | null;
}

/** What is known of entries before they are judged. */
export class Knowledge {
  readonly #desk: Desk;
  readonly #plans: Plans;
  readonly #kept: KeptNamesOf;
  readonly #theirs: Statement<[Buffer, number], TheirRow>;
  readonly #upload: Statement<[ItemId], number>;

  constructor(desk: Desk, plans: Plans, kept: KeptNamesOf) {
    this.#desk = desk;
    this.#plans = plans;
    this.#kept = kept;
    this.#theirs = desk.database.prepare(
      'SELECT id, name, kind, size, modified, tag, hash, own FROM remote WHERE parent = ? AND name_hash = ?',
    );
    this.#upload = desk.database.prepare<[ItemId], number>('SELECT 1 FROM upload WHERE item = ?').pluck();
  }

  lookUp(folder: ItemId, entries: readonly (string | EntryName)[]): readonly Known[] {
    const row = this.#desk.item(folder);
    const takenOver = this.#desk.takenOver || undefined;
    const there = row?.there === 1 && row.remote !== null ? idOf(row.remote) : undefined;
    return entries.map((entry) => {
      const asked = typeof entry === 'string' ? { name: entry } : entry;
      const known = this.#known(folder, there, asked);
      return takenOver && known.theirs ? { ...known, takenOver } : known;
    });
  }

  #known(folder: ItemId, there: Buffer | undefined, asked: EntryName): Known {
    const row = this.#desk.find(folder, asked.name);
    const sameKind = asked.kind === undefined || row?.kind === itemKinds.indexOf(asked.kind);
    const keptName = row && sameKind && !asked.leavesCopy ? this.#kept.of(row) : undefined;
    const theirs =
      there && this.#theirsIn(there, keptName ?? asked.destinationName ?? asked.name, !row && asked.fileId);
    const ofThisRun = row?.run === this.#desk.mark;
    const ours = row && this.#ours(row, ofThisRun);
    const settledInThisRun = ofThisRun && row.state === STATE.settled;
    if (row && ours && !sameKind) {
      // A file where a folder was, or the other way round: our copy of the other kind stands in the way.
      return { ours: undefined, theirs: theirs ?? inTheWay(row, ours), settledInThisRun };
    }
    const uploadLeft = row !== undefined && theirs !== undefined && this.#upload.get(row.id) !== undefined;
    return { ours, theirs, keptName, settledInThisRun, uploadLeft: uploadLeft || undefined };
  }

  #ours(row: ItemRow, ofThisRun: boolean): OurCopy | undefined {
    if (!ofThisRun || row.state === STATE.settled) {
      return row.outcome === null ? undefined : this.#copyOf(row, fingerprintOf(row), row.outcome, row.grade);
    }
    const plan = this.#plans.get(row.id);
    const fingerprint = plan && oldFingerprint(plan);
    if (!plan || !fingerprint) return undefined;
    return this.#copyOf(row, fingerprint, plan.old_outcome ?? outcomes.indexOf('failed'), plan.old_grade);
  }

  #copyOf(row: ItemRow, fingerprint: OurCopy['fingerprint'], outcome: number, grade: number | null): OurCopy {
    const copy = row.there !== null && row.remote ? unpackRemote(row.remote, this.#desk.drives) : undefined;
    return {
      item: row.id,
      fingerprint,
      outcome: outcomeOf(outcome),
      remoteId: copy?.id,
      tag: copy?.tag,
      grade: gradeOf(grade),
      goneThere: row.there === 0,
    };
  }

  /** @param fileId of an entry that is new here: what was moved here with it is ours */
  #theirsIn(parent: Buffer, name: string, fileId: string | false | undefined): TheirsFact | undefined {
    const folded = nameKey(name);
    const row = this.#theirs.all(parent, nameHash(folded)).find((their) => nameKey(their.name) === folded);
    if (!row) return undefined;
    if (row.own !== null && fileId && this.#desk.item(row.own)?.file_id === fileId) return undefined;
    return {
      id: unpackRemote(row.id, this.#desk.drives).id,
      kind: row.kind === 1 ? 'folder' : 'file',
      size: row.size,
      modified: row.modified,
      tag: row.tag,
      hash: row.hash ?? undefined,
    };
  }
}

function inTheWay(row: ItemRow, ours: OurCopy): TheirsFact | undefined {
  if (ours.remoteId === undefined || ours.goneThere) return undefined;
  const { size, modified } = ours.fingerprint;
  const kind = row.kind === FOLDER ? 'folder' : 'file';
  return { id: ours.remoteId, kind, size, modified, tag: ours.tag ?? '', hash: undefined };
}
