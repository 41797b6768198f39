import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import { type Decision as Decided, decide } from '../../../src-shared/rules/decide.ts';
import type { SourceEntry } from '../../source/source.ts';
import type { JudgedEntry, Known } from '../../store/journal.ts';
import type { Judged } from './judge.ts';

export type DecideSettings = Pick<TaskSettings, 'conflict' | 'dryRun'>;

export const nothingKnown: Known = { ours: undefined, theirs: undefined, settledInThisRun: false };

/** What becomes of a judged entry, with what is known of it. */
export function decideEntry(judged: Judged, known: Known, settings: DecideSettings): JudgedEntry {
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
      findings: copyStays(judged, known)
        ? [...facts.findings, { code: 'left-out-copy-stays' }]
        : facts.findings,
      // A copy goes on to have its name, whatever is said of its source now.
      destinationName: otherName(entry, known.keptName ?? judged.proposal),
      decision: { do: 'settle', outcome, grade: undefined, code, remote: undefined, ...listed(judged) },
    };
  }
  const source = { kind: judged.kind, size: entry.size, modified: entry.modified };
  const decided = decide({ source, ours: known.ours, theirs: known.theirs }, settings.conflict);
  const decision = mayBeOurs(known, decided) ? copyAsBefore(known) : asRecorded(decided, judged.kind);
  const written = settings.dryRun && decision.do === 'copy' ? plannedOnly : decision;
  return {
    ...facts,
    destinationName: otherName(entry, judged.name),
    decision: written,
  };
}

/** Without its reason. A folder that is not to be made is listed all the same. */
function asRecorded(decided: Decided, kind: 'file' | 'folder'): Decision {
  if (decided.do === 'copy') return decided.replace ? { do: 'copy', replace: decided.replace } : justCopied;
  const { because: _, ...settled } = decided;
  return settled.outcome === 'failed' && kind === 'folder' ? { ...settled, list: true } : settled;
}

/** Of nearly all entries: one object for them, so that they are seen to be alike. */
const justCopied: Decision = { do: 'copy', replace: undefined };

function otherName(entry: SourceEntry, name: string | undefined): string | undefined {
  return name === entry.name ? undefined : name;
}

/** What a dry run does where a run would copy. */
const plannedOnly: JudgedEntry['decision'] = {
  do: 'settle',
  outcome: 'planned',
  grade: undefined,
  code: undefined,
  remote: undefined,
};

/** An earlier run copied what is left out now. */
function copyStays({ outcome }: Judged & { goes: 'no further' }, { ours }: Known): boolean {
  return outcome === 'left-out' && ours?.remoteId !== undefined && !ours.goneThere;
}

/** Only the name stands in the way of this folder, or a filter that is to list it: what is in it can be found and is to be counted. */
function listed(judged: Judged & { goes: 'no further' }): { readonly list?: boolean } {
  const { entry, outcome, code, list } = judged;
  if (list && entry.nameReadable) return { list: true };
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
