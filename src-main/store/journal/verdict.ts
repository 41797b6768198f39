import { grades, outcomes } from '../../../src-shared/model/item.ts';
import type { ItemFinding, JudgedEntry } from '../journal.ts';
import type { FolderRow } from './folders.ts';
import { LISTING, MAKING, STATE } from './item-state.ts';

/** What becomes of an entry: its row, and for a folder what is to be done with it. */
export interface Verdict {
  readonly state: number;
  readonly outcome: number | null;
  readonly grade: number | null;
  readonly findings: readonly ItemFinding[];
  readonly listing: number;
  readonly making: number;
  readonly remote: { readonly id: string; readonly tag: string } | undefined;
}

/** What of an entry decides. */
interface Decided extends Pick<JudgedEntry, 'findings' | 'decision'> {
  readonly folder: boolean;
}

/** What the decision means where the folder stands as it does. */
export function judge(parent: FolderRow, entry: Decided): Verdict {
  const { decision } = entry;
  const blocked = parent.making === MAKING.failed;
  const planned = decision.do === 'settle' && decision.outcome === 'planned';
  if (planned) return judgePlanned(entry, blocked);
  if (decision.do === 'copy') {
    const ready = parent.making === MAKING.made;
    return {
      state: blocked ? STATE.settled : ready && !entry.folder ? STATE.ready : STATE.waiting,
      outcome: blocked ? outcomes.indexOf('failed') : null,
      grade: null,
      findings: blocked ? withCode(entry.findings, 'below-failed-folder') : entry.findings,
      listing: decision.list === false ? LISTING.none : LISTING.toDo,
      making: makingBelow(parent),
      remote: undefined,
    };
  }
  const goesOn = decision.outcome === 'present' || decision.outcome === 'copied';
  const below = decision.outcome === 'failed' && decision.list === true;
  const listOnly = decision.outcome === 'left-out' && decision.list === true;
  return {
    state: STATE.settled,
    outcome: outcomes.indexOf(decision.outcome),
    grade: decision.grade === undefined ? null : grades.indexOf(decision.grade),
    findings: decision.code === undefined ? entry.findings : withCode(entry.findings, decision.code),
    listing: decision.list !== false && (goesOn || below || listOnly) ? LISTING.toDo : LISTING.none,
    making: goesOn ? MAKING.made : below ? MAKING.failed : MAKING.none,
    remote: decision.remote,
  };
}

/** What a dry run would copy: it is listed, and nothing waits for anything. */
function judgePlanned(entry: Decided, blocked: boolean): Verdict {
  return {
    state: STATE.settled,
    outcome: outcomes.indexOf(blocked ? 'failed' : 'planned'),
    grade: null,
    findings: blocked ? withCode(entry.findings, 'below-failed-folder') : entry.findings,
    listing: entry.decision.list === false ? LISTING.none : LISTING.toDo,
    making: blocked ? MAKING.failed : MAKING.none,
    remote: undefined,
  };
}

/**
 * What is to be done about a folder that was found.
 * @param there of its row
 */
export function makingOf(parent: FolderRow, { making }: Verdict, there: number | null): number {
  // Said to be there, but nobody knows its id: making it finds it.
  return making === MAKING.made && there !== 1 ? makingBelow(parent) : making;
}

function makingBelow(parent: FolderRow): number {
  if (parent.making === MAKING.failed) return MAKING.failed;
  return parent.making === MAKING.made ? MAKING.ready : MAKING.waiting;
}

function withCode(findings: readonly ItemFinding[], code: ItemFinding['code']): readonly ItemFinding[] {
  return findings.some((finding) => finding.code === code) ? findings : [...findings, { code }];
}
