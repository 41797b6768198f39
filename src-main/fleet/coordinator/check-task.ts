import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { type TaskSettings, taskSettingsSchema } from '../../../src-shared/model/settings.ts';
import type { Destination } from '../../destination/destination.ts';
import type { Source } from '../../source/source.ts';
import type { NewTask } from './orders.ts';

/** What a person says about a new task. */
export interface TaskWish {
  readonly name?: string | undefined;
  readonly source: string;
  readonly destination: string;
  /** The assessment whose given names are taken over. */
  readonly namesOf?: string | undefined;
  /** Those that are to differ from their defaults. */
  readonly settings?: { readonly [K in keyof TaskSettings]?: TaskSettings[K] | undefined } | undefined;
}

/** Opens the two ends of a task to look at them; nothing is written. */
export interface TaskEnds {
  openSource(path: string): Promise<Result<Source>>;
  openDestination(address: string): Promise<Result<Destination>>;
}

/**
 * Looks whether a task could be done as it is wished: the source is a folder that can be listed, the address names a
 * place that can be found. A task without a name gets that of its source folder.
 */
export async function checkTask(wish: TaskWish, ends: TaskEnds): Promise<Result<NewTask>> {
  const opened = await ends.openSource(wish.source);
  if (!opened.ok) return opened;
  const source = opened.value.root;
  await opened.value.close();

  const destination = await ends.openDestination(wish.destination);
  if (!destination.ok) return destination;
  await destination.value.close();

  return ok({
    name: wish.name || lastSegment(source),
    source,
    destination: wish.destination,
    settings: taskSettingsSchema.parse(wish.settings ?? {}),
  });
}

/** The folder's own name; the whole path for the root of a disk or share. */
function lastSegment(path: string): string {
  return path.split(/[\\/]+/).findLast((segment) => segment !== '') ?? path;
}
