import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Space } from '../../../src-shared/model/rights.ts';
import type { Run, Task } from '../../../src-shared/model/task.ts';
import type { FullSource } from '../../source/source.ts';
import type { RunResults } from '../../store/run-results.ts';
import { diskProblem, writeWhole } from '../write-whole.ts';
import { type Permissions, readPermissions } from './read-permissions.ts';

export const PERMISSIONS_FILE = 'permissions.csv';
/** Written when the other is complete: with it the rights need not be read again for a report that is written again. */
const FIGURES_FILE = 'permissions.json';

/** What an assessment asks the source about besides what its run found. */
export interface AskedFacts {
  readonly permissions: Permissions | undefined;
  readonly space: Space | undefined;
}

const count = z.number().int().nonnegative();
const keptSchema = z.object({
  readAt: z.number(),
  figures: z.object({
    system: z.enum(['windows', 'posix']).nullable(),
    folders: count,
    files: count,
    unread: count,
    scopes: z.object({ folders: count, files: count }),
    denied: count.nullable(),
    unlisted: count,
    principals: z.object({ known: count, unknown: count, unasked: count }),
    orphaned: count,
    codes: z.record(z.string(), count),
  }),
});

/**
 * Asks for the room on the source's volume and, if the task is to have them, for rights. A source that cannot be opened any more has
 * neither; its run has told why. Codes: those of the disk that the report is written to.
 */
export async function sourceFacts(
  room: { readonly openSource: (task: Task) => Promise<Result<FullSource>>; readonly now: number },
  account: { readonly task: Task; readonly run: Run; readonly results: Pick<RunResults, 'survey'> },
  folder: string,
): Promise<Result<AskedFacts>> {
  const { task, run, results } = account;
  const source = await room.openSource(task);
  if (!source.ok) return ok({ permissions: undefined, space: undefined });
  try {
    const space = await source.value.space();
    // Who stopped it wants to see what there is, and no hour of questions to the share.
    const depth = run.state === 'stopped' ? 'off' : task.settings.permissions;
    const kept = depth === 'off' ? undefined : await keptFigures(folder, run);
    const permissions =
      depth === 'off'
        ? undefined
        : (kept ?? (await readAndKeep({ folder, now: room.now, results, source: source.value, depth })));
    return ok({ permissions, space: space.ok ? space.value : undefined });
  } catch (error) {
    return diskProblem(error, folder);
  } finally {
    await source.value.close();
  }
}

interface Reading {
  readonly folder: string;
  readonly now: number;
  readonly results: Pick<RunResults, 'survey'>;
  readonly source: FullSource;
  readonly depth: 'folders' | 'files';
}

async function readAndKeep({ folder, now, results, source, depth }: Reading): Promise<Permissions> {
  const permissions = await readPermissions(join(folder, PERMISSIONS_FILE), results, source, depth);
  if (permissions.stopped === undefined) {
    const kept = { readAt: now, figures: permissions.figures };
    await writeWhole(join(folder, FIGURES_FILE), `${JSON.stringify(kept, undefined, 2)}\n`);
  }
  return permissions;
}

/** Those of this run, if they were read after its end. A file that somebody changed is read anew. */
async function keptFigures(folder: string, run: Run): Promise<Permissions | undefined> {
  const text = await readFile(join(folder, FIGURES_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined || run.endedAt === null) return undefined;
  const kept = keptSchema.safeParse(parsed(text));
  if (!kept.success || kept.data.readAt < run.endedAt) return undefined;
  return { figures: kept.data.figures, stopped: undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
