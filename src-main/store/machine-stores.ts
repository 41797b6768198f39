import { ok, type Problem, ProblemError, type Result } from '../../src-shared/model/problem.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import type { FleetStore } from './fleet-store.ts';
import { keyFile } from './key-file.ts';
import { openFleetStore } from './open-fleet-store.ts';
import type { KeyKeeper } from './secrets.ts';

/** What a damaged fleet.db costs at most: tasks and runs of this time, which the next run finds again. */
const BACK_UP_EVERY_MS = 10 * 60_000;

/** What a machine has open for as long as it lives: its data folder, and the fleet's database in it. */
export interface MachineStores {
  readonly folder: DataFolder;
  readonly fleet: FleetStore;
  /** What happened to the stores, for people: a backup restored, a file kept aside, a backup that failed. */
  readonly notices: readonly Problem[];
  /** Adds notices of other databases. What is met again and again (a disk that stays full) is kept once. */
  note(found: readonly Problem[]): void;
  /** Lets another Convoy use the folder. To be called when all other databases in it are closed. */
  close(): Promise<void>;
}

/**
 * Codes: store-unusable, store-in-use, store-newer, store-disk-full, store-corrupt.
 * @param keys who keeps the key that secrets are sealed with; a file of mode 0600 in the folder when absent
 */
export async function openMachineStores(
  path: string,
  now: () => number,
  keys?: KeyKeeper,
): Promise<Result<MachineStores>> {
  const folder = await openDataFolder(path);
  if (!folder.ok) return folder;
  const notices: Problem[] = [];
  const note = (found: readonly Problem[]): void => {
    for (const problem of found) {
      const { code, where } = problem;
      if (!notices.some((known) => known.code === code && known.where === where)) notices.push(problem);
    }
  };
  const opened = await openFleetStore({
    file: folder.value.fleetFile,
    now,
    keys: keys ?? keyFile(folder.value.keyFile),
    backUps: { everyMs: BACK_UP_EVERY_MS, failed: (problem) => note([problem]) },
  });
  if (!opened.ok) {
    folder.value.release();
    return opened;
  }
  note(opened.value.notices);
  const { store } = opened.value;
  return ok({
    folder: folder.value,
    fleet: store,
    notices,
    note,
    async close() {
      try {
        await store.close();
      } catch (error) {
        // It was to be backed up once more. The database is closed all the same, and the backup before is still there.
        if (!(error instanceof ProblemError)) throw error;
        note([error.problem]);
      } finally {
        folder.value.release();
      }
    },
  });
}
