import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import { sameFingerprint } from '../../../src-shared/model/item.ts';
import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import {
  DESTINATION_TOLERANCE_MS,
  type Decision as Decided,
  decide,
} from '../../../src-shared/rules/decide.ts';
import { isRewrittenKind } from '../../../src-shared/rules/rewritten.ts';
import type { SourceEntry } from '../../source/source.ts';
import type { JudgedEntry, Known } from '../../store/journal.ts';
import type { Judged } from './judge.ts';

export type DecideSettings = Pick<TaskSettings, 'conflict' | 'dryRun'>;

export const nothingKnown: Known = { ours: undefined, theirs: undefined, settledInThisRun: false };

/** What becomes of a judged entry, with what is known of it. */
export function decideEntry(judged: Judged, known: Known, settings: DecideSettings): JudgedEntry {
  const { entry, findings } = judged;
  if (judged.goes !== 'on') {
    const { outcome, code } = judged;
    return entryOf(entry, {
      findings: copyStays(judged, known) ? [...findings, { code: 'left-out-copy-stays' }] : findings,
      // A copy goes on to have its name, whatever is said of its source now.
      name: known.keptName ?? judged.proposal,
      decision: { do: 'settle', outcome, grade: undefined, code, remote: undefined, ...listed(judged) },
    });
  }
  const { decision, code } = decideOn(judged, known, settings.conflict);
  return entryOf(entry, {
    findings: code === undefined ? findings : [...findings, { code }],
    name: judged.name,
    decision: settings.dryRun && decision.do === 'copy' ? plannedOnly : decision,
  });
}

interface Said extends Pick<JudgedEntry, 'findings' | 'decision'> {
  /** At the destination. */
  readonly name: string | undefined;
}

/** Field by field: nearly all of the time that this takes is in how objects are made, and there are millions. */
function entryOf(entry: SourceEntry, { name, findings, decision }: Said): JudgedEntry {
  return {
    name: entry.name,
    kind: entry.kind,
    size: entry.size,
    modified: entry.modified,
    created: entry.created,
    fileId: entry.fileId,
    destinationName: name === entry.name ? undefined : name,
    findings,
    decision,
  };
}

/** Somebody else's file has the name, or our copy was edited, and the rule is to copy beside it: it needs another name. */
export function goesBeside(judged: Judged, known: Known, { conflict }: DecideSettings): boolean {
  if (judged.goes !== 'on' || conflict !== 'keep-both' || known.uploadLeft) return false;
  if (rewrittenCopy(judged, known) !== undefined) return false;
  return decide(factsOf(judged, known), conflict).do === 'copy-beside';
}

/**
 * What becomes of an entry that has got another name because of what stands under its own. Under the new name stands nothing, or
 * what looks like a copy of it.
 */
export function decideBeside(judged: Judged, known: Known, settings: DecideSettings): JudgedEntry {
  const findings = [...judged.findings, { code: 'kept-beside' } as const];
  const entry = decideEntry({ ...judged, findings }, { ...known, ours: undefined }, settings);
  const { decision } = entry;
  return decision.do === 'copy' ? { ...entry, decision: { ...decision, leavesCopy: true } } : entry;
}

type GoesOn = Judged & { readonly goes: 'on' };

function factsOf({ entry, kind }: GoesOn, { ours, theirs }: Known): Parameters<typeof decide>[0] {
  return { source: { kind, size: entry.size, modified: entry.modified }, ours, theirs };
}

function decideOn(
  judged: GoesOn,
  known: Known,
  conflict: TaskSettings['conflict'],
): { readonly decision: Decision; readonly code?: Code | undefined } {
  const copied = rewrittenCopy(judged, known);
  if (copied !== undefined) return { decision: copied };
  const facts = factsOf(judged, known);
  // While it is not known whose it is, nothing is done to it but what the times of both allow.
  const rule = known.uploadLeft && conflict !== 'newer-wins' ? 'keep-theirs' : conflict;
  const decided = decide(facts, rule);
  // No other name was to be had: a person gave this one.
  const does = decided.do === 'copy-beside' ? decide(facts, 'keep-theirs') : decided;
  const failed = does.do === 'settle' && does.outcome === 'failed';
  if (known.uploadLeft && failed) return { decision: copyAsBefore(known) };
  const code = does.do === 'copy' ? does.code : undefined;
  return { decision: asRecorded(does, judged.kind), code };
}

/**
 * The machine that had the unit before copied it in this run, and SharePoint rewrote it: the size tells nothing then, the time does. Whoever edits
 * it there changes its time.
 */
function rewrittenCopy(
  { entry, kind, name }: GoesOn,
  { takenOver, ours, theirs }: Known,
): Decision | undefined {
  if (!takenOver || kind !== 'file' || ours !== undefined || theirs?.kind !== 'file') return undefined;
  if (theirs.size === entry.size || !isRewrittenKind(name)) return undefined;
  if (!sameFingerprint({ ...entry, size: theirs.size }, theirs, DESTINATION_TOLERANCE_MS)) return undefined;
  const { id, tag, hash } = theirs;
  return {
    do: 'settle',
    outcome: 'present',
    grade: 'rewritten',
    code: 'rewritten-by-service',
    remote: { id, tag, hash },
  };
}

/** Without its reason. A folder that is not to be made is listed all the same. */
function asRecorded(decided: Decided, kind: 'file' | 'folder'): Decision {
  if (decided.do === 'copy-beside') throw new Error('to keep theirs needs no other name');
  if (decided.do === 'copy') return decided.replace ? { do: 'copy', replace: decided.replace } : justCopied;
  const { because: _, ...settled } = decided;
  return settled.outcome === 'failed' && kind === 'folder' ? { ...settled, list: true } : settled;
}

/** Of nearly all entries: one object for them, so that they are seen to be alike. */
const justCopied: Decision = { do: 'copy', replace: undefined };

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

/**
 * Something is in the way, and an upload of ours was left under way when the last run was stopped: goes on with it as it was meant. If its last byte had arrived, the name is taken (or the tag is another) by our
 * own copy, which the copier recognises by its content, rewritten or not; if it is somebody else's, that stays as it is.
 */
function copyAsBefore({ ours }: Known): Decision {
  const known = ours?.remoteId !== undefined && ours.tag !== undefined && !ours.goneThere;
  return { do: 'copy', replace: known ? { id: ours.remoteId, tag: ours.tag } : undefined };
}
