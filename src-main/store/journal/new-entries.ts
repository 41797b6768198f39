import { forgetTheirs, packCopy, placeholder } from './copies.ts';
import type { Desk, SaidRow } from './desk.ts';
import type { FolderRow, Folders } from './folders.ts';
import { FoundCopies } from './found.ts';
import type { NewItem } from './item-inserts.ts';
import { FOLDER, ORIGIN, STATE, UNLISTED } from './item-state.ts';
import type { ReceivedEntries } from './pack-entries.ts';
import { packId } from './pack-remote.ts';
import type { Plans } from './plans.ts';
import { judge, makingOf, type Verdict } from './verdict.ts';

const NOTHING: readonly SaidRow[] = [];

/** Records entries that this journal never saw: all rows at once, and what follows from each. */
export class NewEntries {
  readonly #desk: Desk;
  readonly #folders: Folders;
  readonly #plans: Plans;
  readonly #found: FoundCopies;
  readonly #forgetTheirs: (id: Buffer) => void;

  constructor(desk: Desk, folders: Folders, plans: Plans) {
    this.#desk = desk;
    this.#folders = folders;
    this.#plans = plans;
    this.#found = new FoundCopies(desk);
    this.#forgetTheirs = forgetTheirs(desk);
  }

  /** @param numbers of the entries that are new; each name once */
  record(parent: FolderRow, entries: ReceivedEntries, numbers: readonly number[]): void {
    const verdictOf = verdicts(parent, entries);
    const made = numbers.map((i) => {
      const verdict = verdictOf(i);
      return { i, verdict, row: this.#rowOf(parent, entries, i, verdict) };
    });
    const desk = this.#desk;
    const first = desk.insert(made.map(({ row }) => row));
    const told: number[] = [];
    made.forEach(({ i, verdict, row }, at) => {
      const id = first + at;
      const { findings, remote } = verdict;
      const said = findings.length === 0 ? NOTHING : desk.addFindings(id, ORIGIN.listing, findings);
      desk.bookNew(row, said);
      const decision = entries.decision(i);
      if (decision.do === 'copy' && decision.replace && row.state !== STATE.settled)
        this.#plans.save(id, entries.created(i), decision.replace, undefined);
      if (remote) this.#found.note(id, undefined, remote.id, true);
      if (row.kind === FOLDER) {
        const making = makingOf(parent, verdict, row.there);
        this.#folders.save({ item: id, listing: verdict.listing, making }, undefined);
      }
      if (row.state === STATE.settled || row.kind === FOLDER) told.push(id);
    });
    desk.tellAll(told);
  }

  #rowOf(parent: FolderRow, entries: ReceivedEntries, i: number, verdict: Verdict): NewItem {
    const { state, outcome, grade } = verdict;
    return {
      parent: parent.item,
      name: entries.name(i),
      kind: entries.kind(i),
      state,
      run: this.#desk.mark,
      outcome,
      grade,
      pass: UNLISTED,
      there: verdict.remote ? 1 : null,
      size: entries.size(i),
      modified: entries.modified(i),
      file_id: entries.keptFileId(i),
      remote: this.#remoteOf(verdict, entries.created(i)),
      destination_name: entries.destinationName(i) ?? null,
    };
  }

  #remoteOf({ remote, state }: Verdict, created: number): Buffer | null {
    if (remote) {
      this.#forgetTheirs(packId(remote.id, this.#desk.drives));
      return packCopy(this.#desk, remote);
    }
    // Where nothing is planned, nothing will come in its place.
    return state === STATE.settled ? null : placeholder(this.#desk, created);
  }
}

/** What becomes of each entry. Nearly all are of one kind, have one decision and nothing said about them: those share one verdict. */
function verdicts(parent: FolderRow, entries: ReceivedEntries): (i: number) => Verdict {
  let last: { readonly kind: number; readonly decision: object; readonly verdict: Verdict } | undefined;
  return (i) => {
    const findings = entries.findings(i);
    const decision = entries.decision(i);
    const kind = entries.kind(i);
    if (findings.length === 0 && last && last.kind === kind && last.decision === decision)
      return last.verdict;
    const verdict = judge(parent, { folder: kind === FOLDER, findings, decision });
    if (findings.length === 0) last = { kind, decision, verdict };
    return verdict;
  };
}
