import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readMarker } from '../../../src-practice/share/marker.ts';
import { removeShare } from '../../../src-practice/share/share.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { lockFolder } from '../../store/folder-lock.ts';
import { folderProblem, makeFolder } from '../../store/make-folder.ts';
import { codeOf } from '../../store/thread/wire-error.ts';
import { type PracticeState, readPracticeState, savePracticeState } from './practice-state.ts';

/** Where the parts of a rehearsal lie. */
export interface PracticePlaces {
  readonly folder: string;
  readonly share: string;
  readonly tenant: string;
  readonly machine: string;
}

export function placesIn(folder: string): PracticePlaces {
  return {
    folder,
    share: join(folder, 'Practice share'),
    tenant: join(folder, 'tenant'),
    machine: join(folder, 'machine'),
  };
}

/** A folder that one rehearsal at a time works in. */
export interface PracticeFolder extends PracticePlaces {
  readonly state: PracticeState;
  release(): void;
}

/** To begin again: what an earlier rehearsal left is deleted. */
export interface Fresh {
  /** The practice share stays: it is not what is going to be copied. */
  readonly keepShare: boolean;
  /** Is told what is deleted before it is. */
  readonly say: (line: string) => void;
}

/**
 * Makes the folder of rehearsals ready and takes it for this process. Codes: store-unusable, store-disk-full,
 * store-in-use; with `fresh`, store-unusable as well for a folder that is no practice folder, and nothing is deleted.
 */
export async function openPracticeFolder(
  folder: string,
  now: number,
  fresh?: Fresh,
): Promise<Result<PracticeFolder>> {
  const places = placesIn(folder);
  if (fresh && isForeign(places)) {
    return failed('store-unusable', {
      where: folder,
      detail:
        '--fresh deletes in practice folders only, and this is none (no practice.json in it); nothing was deleted',
    });
  }
  for (const path of [folder, places.tenant]) {
    const made = await makeFolder(path);
    if (!made.ok) return made;
  }
  const lock = lockFolder(join(folder, 'lock.db'));
  if (!lock.ok) return failed(lock.problem.code, { ...lock.problem, where: folder });
  const state = begin(places, now, fresh);
  if (state.ok) return ok({ ...places, state: state.value, release: lock.value.release });
  lock.value.release();
  return state;
}

/** The state to go on from, or a new one. */
function begin(places: PracticePlaces, now: number, fresh: Fresh | undefined): Result<PracticeState> {
  const { folder } = places;
  try {
    const cleared = fresh ? beginAgain(places, fresh) : ok(undefined);
    if (!cleared.ok) return cleared;
    const begun = fresh && !fresh.keepShare ? undefined : readPracticeState(folder);
    const state = begun ?? { httpPort: 0, httpsPort: 0, shareMadeAt: now };
    savePracticeState(folder, state);
    return ok(state);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return { ok: false, problem: folderProblem(error, folder) };
  }
}

/** Whether there is something in the folder and no rehearsal made it: it has neither a state of one nor a marked share. */
function isForeign({ folder, share }: PracticePlaces): boolean {
  if (!existsSync(folder) || readPracticeState(folder) !== undefined) return false;
  return readMarker(share) === undefined && readdirSync(folder).length > 0;
}

/**
 * The journal goes before the tenant: a journal that remembers copies which are nowhere would be a lie, while copies that no
 * journal remembers are met every day. practice.json stays, so that a deletion that was cut short can be done again.
 */
function beginAgain({ folder, share, tenant, machine }: PracticePlaces, fresh: Fresh): Result<void> {
  if (existsSync(machine)) {
    // The screen of an earlier rehearsal may be open in another process (`convoy serve`).
    const lock = lockFolder(join(machine, 'lock.db'));
    if (!lock.ok) return failed(lock.problem.code, { ...lock.problem, where: machine });
    lock.value.release();
  }
  const withShare = !fresh.keepShare && readMarker(share) !== undefined;
  const parts = [
    existsSync(machine) && 'journal and reports',
    readdirSync(tenant).length > 0 && 'all that the practice tenant holds',
    withShare && 'the practice share',
  ].filter(Boolean);
  if (parts.length === 0) return ok(undefined);
  fresh.say(`Beginning again. Deleted in ${folder}: ${parts.join(', ')}.`);
  rmSync(machine, { recursive: true, force: true });
  rmSync(tenant, { recursive: true, force: true });
  if (withShare) removeShare(share);
  return ok(undefined);
}
