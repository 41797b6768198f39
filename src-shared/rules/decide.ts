import type { Code } from '../catalogue/catalogue.ts';
import { type Fingerprint, type Grade, type Outcome, sameFingerprint } from '../model/item.ts';
import type { TaskSettings } from '../model/settings.ts';

/**
 * What happens to a file or folder: the whole decision, in one pure function. Every case has a name, and every
 * name has a row in docs/guide/what-happens-to.md.
 */

/** SharePoint keeps whole seconds, FAT and some NAS two: closer than that, two times are the same. */
export const DESTINATION_TOLERANCE_MS = 2_000;

/** The entry at the source, now. */
export interface SourceFact {
  readonly kind: 'file' | 'folder';
  readonly size: number;
  readonly modified: number;
}

/** What an earlier run left there, as the journal knows it. */
export interface OursFact {
  readonly fingerprint: Fingerprint;
  readonly outcome: Outcome;
  readonly remoteId: string | undefined;
  readonly tag: string | undefined;
  readonly grade: Grade | undefined;
  readonly goneThere: boolean;
}

/** What stands at the destination under the planned name and is not our own unchanged copy. */
export interface TheirsFact {
  readonly id: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
  readonly modified: number;
  readonly tag: string;
  readonly hash: string | undefined;
}

export interface Facts {
  readonly source: SourceFact;
  readonly ours: OursFact | undefined;
  readonly theirs: TheirsFact | undefined;
}

/** Two that both have something to say: the source, and whoever wrote at the destination. */
type Conflict = 'name taken' | 'changed and edited there';

export type DecisionCase =
  | 'new'
  | 'unchanged'
  | 'changed'
  | 'failed before'
  | 'accepted before'
  | 'copy deleted there'
  | 'edited there'
  | 'edited there, replaced'
  | Conflict
  | `${Conflict}, ${'source newer' | 'destination newer' | 'skipped' | 'kept beside' | 'replaced'}`
  | 'already there'
  | 'kind differs'
  | 'folder new'
  | 'folder there'
  | 'folder deleted there';

export interface RemoteFacts {
  readonly id: string;
  readonly tag: string;
  readonly hash: string | undefined;
}

export type Decision = { readonly because: DecisionCase } & (
  | {
      readonly do: 'copy';
      /** The item that a new version is to be written to, if it still has this tag. */
      readonly replace: { readonly id: string; readonly tag: string } | undefined;
      /** What is said about it: somebody else's writing is never replaced silently. */
      readonly code: Code | undefined;
    }
  /** To be copied under another name: this one is somebody else's, and so is what was our copy, if it is what stands there. */
  | { readonly do: 'copy-beside' }
  | {
      readonly do: 'settle';
      readonly outcome: Outcome;
      readonly grade: Grade | undefined;
      readonly code: Code | undefined;
      /** What is there now and is to be remembered; undefined keeps what the journal knows. */
      readonly remote: RemoteFacts | undefined;
    }
);

/** Decides about one entry. Total; never asks for anything to be deleted. */
export function decide(facts: Facts, conflict: TaskSettings['conflict']): Decision {
  return facts.source.kind === 'folder' ? decideFolder(facts) : decideFile(facts, conflict);
}

function decideFolder({ ours, theirs }: Facts): Decision {
  if (theirs?.kind === 'file') return fail('kind differs', 'kind-differs');
  if (theirs) return present('folder there', 'present', theirs);
  if (!ours?.remoteId) return copy('folder new');
  return ours.goneThere ? copy('folder deleted there') : present('folder there', 'present');
}

function decideFile(facts: Facts, conflict: TaskSettings['conflict']): Decision {
  const { source, ours, theirs } = facts;
  if (theirs?.kind === 'folder') return fail('kind differs', 'kind-differs');
  if (!ours) return theirs ? meet(source, theirs, conflict) : copy('new');

  const unchanged = sameFingerprint(source, ours.fingerprint);
  if (ours.outcome === 'accepted' && unchanged) return accepted(ours);
  if (!theirs) return decideOurs(ours, unchanged);
  // Ours was moved away or deleted there, and something else has its name now.
  if (theirs.id !== ours.remoteId) return meet(source, theirs, conflict);
  if (looksLike(source, theirs)) return present('unchanged', gradeNow(ours, theirs), theirs);
  if (unchanged && ours.outcome !== 'failed') {
    // Nobody but them has anything new to say, but who wants the source in any case gets it in any case.
    if (conflict === 'replace') return replace('edited there, replaced', theirs);
    return leave('edited there', 'newer-at-destination');
  }
  return settleConflict('changed and edited there', source, theirs, conflict);
}

/** Our copy is there as we left it, or gone, or was never made. */
function decideOurs(ours: OursFact, unchanged: boolean): Decision {
  if (!ours.remoteId) return copy('new');
  if (ours.goneThere || ours.grade === 'missing') return copy('copy deleted there');
  const version = ours.tag === undefined ? undefined : { id: ours.remoteId, tag: ours.tag };
  if (ours.outcome === 'failed') return copy('failed before', version);
  return unchanged ? present('unchanged', gradeOf(ours)) : copy('changed', version);
}

/** Somebody else's file stands where ours is to go. */
function meet(source: SourceFact, theirs: TheirsFact, conflict: TaskSettings['conflict']): Decision {
  if (looksLike(source, theirs)) return present('already there', 'size-equal', theirs);
  return settleConflict('name taken', source, theirs, conflict);
}

/** By the rule that the task has for it. */
function settleConflict(
  because: Conflict,
  source: SourceFact,
  theirs: TheirsFact,
  conflict: TaskSettings['conflict'],
): Decision {
  const code = because === 'name taken' ? 'occupied-at-destination' : 'edited-at-destination';
  switch (conflict) {
    case 'newer-wins':
      if (isNewer(source, theirs)) return replace(`${because}, source newer`, theirs);
      if (!isNewer(theirs, source)) return fail(because, code);
      return leave(`${because}, destination newer`, because === 'name taken' ? code : 'newer-at-destination');
    case 'skip':
      return leave(`${because}, skipped`, code);
    case 'keep-both':
      return { because: `${because}, kept beside`, do: 'copy-beside' };
    case 'replace':
      return replace(`${because}, replaced`, theirs);
    case 'keep-theirs':
      return fail(because, code);
  }
}

/** Same size, same second: as good a copy as can be told from a listing. */
export function looksLike(a: Pick<SourceFact, 'size' | 'modified'>, b: TheirsFact): boolean {
  return sameFingerprint(a, b, DESTINATION_TOLERANCE_MS);
}

function isNewer(a: { readonly modified: number }, b: { readonly modified: number }): boolean {
  return a.modified - b.modified > DESTINATION_TOLERANCE_MS;
}

function gradeOf(ours: OursFact): Grade {
  return ours.grade ?? 'present';
}

/**
 * An item that was changed since it was verified (its tag is another) is no longer known to be what it was, even if it
 * looks the same. Of what was sent only size and time are kept, so its hash has nothing to be compared with.
 */
function gradeNow(ours: OursFact, theirs: TheirsFact): Grade {
  return theirs.tag === ours.tag ? gradeOf(ours) : 'size-equal';
}

function copy(because: DecisionCase, over?: { readonly id: string; readonly tag: string }): Decision {
  return { because, do: 'copy', replace: over && { id: over.id, tag: over.tag }, code: undefined };
}

/** A new version over what somebody else wrote; theirs stays as the version before it. */
function replace(because: DecisionCase, { id, tag }: TheirsFact): Decision {
  return { because, do: 'copy', replace: { id, tag }, code: 'replaced-at-destination' };
}

function present(because: DecisionCase, grade: Grade, there?: RemoteFacts): Decision {
  const remote = there && { id: there.id, tag: there.tag, hash: there.hash };
  return { because, do: 'settle', outcome: 'present', grade, code: undefined, remote };
}

/**
 * Theirs stays as it is, and its tag is not taken over: else it would pass for our own copy in the next run, and
 * a change at the source would overwrite what somebody wrote there.
 */
function leave(because: DecisionCase, code: Code): Decision {
  return { because, do: 'settle', outcome: 'present', grade: 'present', code, remote: undefined };
}

function accepted(ours: OursFact): Decision {
  return {
    because: 'accepted before',
    do: 'settle',
    outcome: 'accepted',
    grade: ours.grade,
    code: undefined,
    remote: undefined,
  };
}

function fail(because: DecisionCase, code: Code): Decision {
  return { because, do: 'settle', outcome: 'failed', grade: undefined, code, remote: undefined };
}
