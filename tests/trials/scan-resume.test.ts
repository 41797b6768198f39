import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { MOST_AT_ONCE } from '../../src-main/engine/scan/listing-rules.ts';
import { full } from '../support/seed.ts';

/** Folders of 20 entries: 60,000 items, in full 1,000,000. */
const FOLDERS = full(50_000, 3_000);
const FILES = FOLDERS * 19;

/** A million items take some minutes on a machine that has nothing else to do. */
const LIMIT_MS = full(3_600_000, 120_000);

const told = z.object({
  listed: z.number(),
  done: z.number(),
  files: z.number(),
  folders: z.number(),
  ended: z.string().optional(),
});
type Told = z.infer<typeof told>;

const script = new URL('./scan-child.ts', import.meta.url).pathname;

/** Runs the scan to its end, or to `enough`, where it is killed. @returns the last that it told */
async function scan(folder: string, enough: (now: Told) => boolean): Promise<Told> {
  const args = [script, folder, '3', String(FILES), String(FOLDERS)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let last: Told | undefined;
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      last = told.parse(JSON.parse(line));
      if (!enough(last)) continue;
      child.kill('SIGKILL');
      break;
    }
  }
  await closed;
  if (!last) throw new Error('it told nothing');
  return last;
}

it(
  'a scan that is killed three times goes on where it was: no folder that was done is listed again',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'convoy-scan-resume-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    let done = 0;
    for (const share of [0.25, 0.5, 0.75]) {
      const killed = await scan(folder, (now) => now.done >= FOLDERS * share);
      expect(killed.ended).toBeUndefined();
      // What was listed and is not on disk is what was in progress, before and now.
      expect(killed.listed - (killed.done - done)).toBeLessThanOrEqual(MOST_AT_ONCE);
      done = killed.done;
    }
    const end = await scan(folder, () => false);
    expect(end).toMatchObject({ ended: 'done', files: FILES, folders: FOLDERS, done: FOLDERS + 1 });
    expect(end.listed).toBeLessThanOrEqual(FOLDERS + 1 - done);
  },
  LIMIT_MS,
);
