import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import { leaveOut } from '../../../src-shared/rules/leave-out.ts';
import { type NamePlace, planName } from '../../../src-shared/rules/names.ts';
import { notable } from '../../../src-shared/rules/notable.ts';
import { MAX_PATH, pathLengthIn } from '../../../src-shared/rules/paths.ts';
import type { SourceEntry } from '../../source/source.ts';
import type { ItemFinding } from '../../store/journal.ts';
import { oddTimes } from '../times.ts';

/** SharePoint keeps files up to 250 GB ("SharePoint limits", learn.microsoft.com). */
export const MAX_FILE_BYTES = 250 * 1024 ** 3;

/** Where the entries of a folder are to stand. */
export interface Place {
  /** Decoded, server-relative path of the folder at the destination. */
  readonly path: string;
  readonly atLibraryRoot: boolean;
  /** The folder is left out, under this code, and so is all that is in it. */
  readonly leftOut?: Code | undefined;
  /** What the filters of the task say of an entry of the folder; undefined where none is set. */
  readonly filter?: ((entry: SourceEntry) => Code | undefined) | undefined;
}

/** Where the entries of a folder lie below the source. */
export interface SurveyPlace extends Place {
  /** Folders between the root and an entry. */
  readonly depth: number;
}

export type JudgeSettings = Pick<
  TaskSettings,
  'names' | 'replacement' | 'leaveOutSystem' | 'leaveOutTemporary' | 'filters'
>;

/** What can be said of an entry without asking anybody. */
export type Judged = {
  readonly entry: SourceEntry;
  readonly findings: readonly ItemFinding[];
} & (
  | {
      readonly goes: 'on';
      readonly kind: 'file' | 'folder';
      /** Name at the destination. */
      readonly name: string;
    }
  | {
      readonly goes: 'no further';
      readonly outcome: 'left-out' | 'failed';
      readonly code: Code;
      /** Of what failed for its name: one that would do. */
      readonly proposal?: string | undefined;
      /** Of a folder that is left out: what is in it is to be listed all the same. */
      readonly list?: boolean | undefined;
    }
);

/** A name that SharePoint takes and that does not follow from the entry alone, with the reasons for it. */
export interface FoundName {
  readonly name: string;
  readonly why: string;
}

/**
 * Judges one entry of a folder by its nature, its name and its place.
 * @param found the name that it gets, where that is not the nearest allowed one
 */
export function judge(entry: SourceEntry, place: Place, settings: JudgeSettings, found?: FoundName): Judged {
  const { kind } = entry;
  if (place.leftOut) return { ...stop(entry, 'left-out', place.leftOut), list: kind === 'folder' };
  if (kind === 'link') return stop(entry, 'left-out', 'link-left-out');
  if (kind === 'special') return stop(entry, 'left-out', 'special-left-out');
  if (!entry.nameReadable) return stop(entry, 'failed', 'name-not-unicode');
  const without = leaveOut(entry, settings);
  if (without) return stop(entry, 'left-out', without);
  const filtered = place.filter?.(entry);
  if (filtered) {
    const list = kind === 'folder' && settings.filters.listFolders;
    return { ...stop(entry, 'left-out', filtered), list };
  }
  if (entry.problem) return stop(entry, 'failed', entry.problem);
  if (kind === 'file' && entry.size > MAX_FILE_BYTES) return stop(entry, 'failed', 'too-large');

  const planned = found ?? nearestName(entry.name, { kind, atLibraryRoot: place.atLibraryRoot }, settings);
  if ('code' in planned) {
    return { ...stop(entry, 'failed', planned.code, planned.why), proposal: planned.proposal };
  }
  if (pathLengthIn(place.path, planned.name) > MAX_PATH) {
    const { length } = `${place.path}/${planned.name}`;
    return stop(entry, 'failed', 'path-too-long', `${length} characters`);
  }
  const odd = oddTimes(entry.created, entry.modified);
  const findings = planned.name === entry.name && odd === undefined ? nothing : remarks(entry, planned, odd);
  return { entry, findings, goes: 'on', kind, name: planned.name };
}

const nothing: readonly ItemFinding[] = [];

function remarks(entry: SourceEntry, { name, why }: FoundName, odd: string | undefined): ItemFinding[] {
  const findings: ItemFinding[] = [];
  if (name !== entry.name) findings.push({ code: 'name-changed', detail: why });
  if (odd !== undefined) findings.push({ code: 'odd-time', detail: odd });
  return findings;
}

/** The name by the rules alone, or why there is none. */
function nearestName(
  name: string,
  place: NamePlace,
  settings: JudgeSettings,
): FoundName | { readonly code: Code; readonly why?: string; readonly proposal?: string } {
  const planned = planName(name, place, settings.replacement);
  if (!planned.ok) return { code: planned.code };
  if (!planned.changed) return { name, why: '' };
  const why = planned.reasons.join(', ');
  if (settings.names === 'replace') return { name: planned.name, why };
  return { code: 'name-not-allowed', why, proposal: planned.name };
}

/**
 * Adds what an assessment notices of an entry that can be copied.
 * @param now milliseconds since 1970
 */
export function withNotables(judged: Judged, { path, depth }: SurveyPlace, now: number): Judged {
  if (judged.goes !== 'on') return judged;
  const codes = notable(judged.entry, { depth, pathLength: pathLengthIn(path, judged.name) }, now);
  if (codes.length === 0) return judged;
  return { ...judged, findings: [...judged.findings, ...codes.map((code) => ({ code }))] };
}

/** The entry goes no further; its code is also what is said about it. */
export function stop(
  entry: SourceEntry,
  outcome: 'left-out' | 'failed',
  code: Code,
  detail?: string,
): Judged & { readonly goes: 'no further' } {
  return { entry, findings: detail ? [{ code, detail }] : nothing, goes: 'no further', outcome, code };
}
