import { join, resolve } from 'node:path';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { idSchema } from '../../src-shared/model/task.ts';
import { lockFolder } from './folder-lock.ts';
import { makeFolder } from './make-folder.ts';

/** Where a machine keeps what it knows. Only its owner may look into it. */
export interface DataFolder {
  readonly path: string;
  readonly fleetFile: string;
  /** `keys/seal.key`: what the secrets in the journals are sealed with. */
  readonly keyFile: string;
  /** `keys/sign.key`: what reports are signed with, sealed. */
  readonly signingKeyFile: string;
  /** `keys/member.key`: what this machine signs in with to the coordinator that it joined, sealed. */
  readonly memberKeyFile: string;
  /** `keys/sign-in.key`: who is signed in on this machine, sealed. */
  readonly signInFile: string;
  /** `keys/server.key`: key and certificate of this machine's listener, sealed. */
  readonly serverFile: string;
  /** `runs/<run>.db`; the id must be one of the fleet's. */
  runFile(run: string): string;
  /** `runs/<run>.survey.json`: what its items add up to; may be lost. */
  figuresFile(run: string): string;
  /** `work/<task>.db` */
  journalFile(task: string): string;
  /** `work/<task>.<unit>.unit.db`: of a unit that is a part of the task. */
  unitJournalFile(task: string, unit: string): string;
  /** `work/<task>.hashes.db`: what files held when they were read; may be lost. */
  hashesFile(task: string): string;
  /** `work/<task>.names.json`: names that a person gave. */
  namesFile(task: string): string;
  /** `work/<task>.people.json`: persons at the destination by the owners of files. */
  peopleFile(task: string): string;
  /** `moving`: what of a fleet is on its way from or to another machine. */
  readonly movingFolder: string;
  /** Lets another Convoy use the folder. To be called when all databases are closed. */
  release(): void;
}

/**
 * Makes the folder ready and takes it for this process. Codes: store-unusable (not writable, not a folder),
 * store-disk-full, store-in-use (another Convoy has it).
 */
export async function openDataFolder(path: string): Promise<Result<DataFolder>> {
  const folder = resolve(path);
  const made = await makeFolders(folder);
  if (!made.ok) return made;
  const lock = lockFolder(join(folder, 'lock.db'));
  if (!lock.ok) return failed(lock.problem.code, { ...lock.problem, where: folder });
  return ok({
    path: folder,
    fleetFile: join(folder, 'fleet.db'),
    keyFile: join(folder, 'keys', 'seal.key'),
    signingKeyFile: join(folder, 'keys', 'sign.key'),
    memberKeyFile: join(folder, 'keys', 'member.key'),
    signInFile: join(folder, 'keys', 'sign-in.key'),
    serverFile: join(folder, 'keys', 'server.key'),
    // An id is made by a coordinator, which may be another machine: it must not be able to name another place.
    runFile: (run) => join(folder, 'runs', `${idSchema.parse(run)}.db`),
    figuresFile: (run) => join(folder, 'runs', `${idSchema.parse(run)}.survey.json`),
    journalFile: (task) => join(folder, 'work', `${idSchema.parse(task)}.db`),
    unitJournalFile: (task, unit) =>
      join(folder, 'work', `${idSchema.parse(task)}.${idSchema.parse(unit)}.unit.db`),
    hashesFile: (task) => join(folder, 'work', `${idSchema.parse(task)}.hashes.db`),
    peopleFile: (task) => join(folder, 'work', `${idSchema.parse(task)}.people.json`),
    namesFile: (task) => join(folder, 'work', `${idSchema.parse(task)}.names.json`),
    movingFolder: join(folder, 'moving'),
    release: lock.value.release,
  });
}

async function makeFolders(folder: string): Promise<Result<void>> {
  for (const name of ['', 'runs', 'work', 'keys']) {
    const made = await makeFolder(join(folder, name));
    if (!made.ok) return failed(made.problem.code, { ...made.problem, where: folder });
  }
  return ok(undefined);
}
