import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import { decide } from '../../../src-shared/rules/decide.ts';
import type { SourceEntry } from '../../source/source.ts';
import type { JudgedEntry, Known } from '../../store/journal.ts';
import { type Judged, stop } from './judge.ts';
import type { Twins } from './twins.ts';

export type DecideSettings = Pick<TaskSettings, 'conflict' | 'dryRun'>;

export const nothingKnown: Known = { ours: undefined, theirs: undefined, settledInThisRun: false };

/**
 * Decides about a batch of judged entries. What the journal has a copy of claims its name first, so that a twin that
 * turns up later does not take it away. Entries already settled in this run are left out.
 */
export function decideBatch(
  judged: readonly Judged[],
  known: (entry: SourceEntry) => Known,
  twins: Twins,
  settings: DecideSettings,
): readonly JudgedEntry[] {
  for (const one of judged) {
    if (one.goes === 'on' && hasCopy(known(one.entry))) twins.claim(one.name, one.entry.name);
  }
  return judged.flatMap((one) => {
    const facts = known(one.entry);
    if (facts.settledInThisRun) return [];
    if (one.goes !== 'on') return [asRecorded(one, facts, settings)];
    const twin = twins.claim(one.name, one.entry.name);
    const clear =
      twin === undefined ? one : stop(one.entry, 'failed', 'name-collision', `the other is ${twin}`);
    return [asRecorded(clear, facts, settings)];
  });
}

function hasCopy({ ours }: Known): boolean {
  return ours !== undefined && (ours.outcome === 'copied' || ours.outcome === 'present');
}

function asRecorded(judged: Judged, known: Known, settings: DecideSettings): JudgedEntry {
  const { entry } = judged;
  const facts = {
    name: entry.name,
    kind: entry.kind,
    size: entry.size,
    modified: entry.modified,
    created: entry.created,
    fileId: entry.fileId,
    findings: judged.findings,
  };
  if (judged.goes !== 'on') {
    const { outcome, code } = judged;
    return {
      ...facts,
      destinationName: undefined,
      decision: { do: 'settle', outcome, grade: undefined, code, remote: undefined, ...listed(judged) },
    };
  }
  const source = { kind: judged.kind, size: entry.size, modified: entry.modified };
  const { because: _, ...decided } = decide(
    { source, ours: known.ours, theirs: known.theirs },
    settings.conflict,
  );
  const failed = decided.do === 'settle' && decided.outcome === 'failed';
  const decision = mayBeOurs(known, decided)
    ? copyAsBefore(known)
    : { ...decided, ...(failed && judged.kind === 'folder' ? { list: true } : {}) };
  const written = settings.dryRun && decision.do === 'copy' ? plannedOnly : decision;
  return {
    ...facts,
    destinationName: judged.name === entry.name ? undefined : judged.name,
    decision: written,
  };
}

/** What a dry run does where a run would copy. */
const plannedOnly: JudgedEntry['decision'] = {
  do: 'settle',
  outcome: 'planned',
  grade: undefined,
  code: undefined,
  remote: undefined,
};

/** Only the name stands in the way of this folder: what is in it can be found and is to be counted. */
function listed(judged: Judged & { goes: 'no further' }): { readonly list?: boolean } {
  const { entry, outcome, code } = judged;
  const named = code.startsWith('name-') || code === 'path-too-long';
  return entry.kind === 'folder' && entry.nameReadable && outcome === 'failed' && named ? { list: true } : {};
}

type Decision = JudgedEntry['decision'];

/** Something is in the way, and an upload of ours was left under way when the last run was stopped. */
function mayBeOurs({ uploadLeft }: Known, decision: Decision): boolean {
  return uploadLeft === true && decision.do === 'settle' && decision.outcome === 'failed';
}

/**
 * Goes on with the upload as it was meant. If its last byte had arrived, the name is taken (or the tag is another) by our
 * own copy, which the copier recognises by its content, rewritten or not; if it is somebody else's, that stays as it is.
 */
function copyAsBefore({ ours }: Known): Decision {
  const known = ours?.remoteId !== undefined && ours.tag !== undefined && !ours.goneThere;
  return { do: 'copy', replace: known ? { id: ours.remoteId, tag: ours.tag } : undefined };
}
