import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { project } from '../../build/project.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'convoy-practice-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Rehearsal {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

/** `convoy practice` as a shell starts it: at the head of a process group of its own. */
function rehearse(data: string, ...args: readonly string[]): Rehearsal {
  const child = spawn(
    process.execPath,
    [project('src-main/headless/main.ts'), 'practice', '--data', join(folder, data), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  return { process: child, said: () => said, ended: once(child, 'close').then(([code]) => code) };
}

const summarySchema = z.object({
  state: z.string(),
  run: z.object({ number: z.number() }),
  addsUp: z.boolean(),
  counts: z.object({
    found: z.object({ files: z.number() }),
    byOutcome: z.record(z.string(), z.object({ files: z.number() })),
  }),
});

/** The summaries of all runs of the rehearsal, first run first. */
function summaries(data: string): z.infer<typeof summarySchema>[] {
  const reports = join(folder, data, 'machine', 'reports');
  return readdirSync(reports)
    .map((name) => summarySchema.parse(JSON.parse(readFileSync(join(reports, name, 'summary.json'), 'utf8'))))
    .sort((a, b) => a.run.number - b.run.number);
}

describe('convoy practice', () => {
  test('ends by itself without a terminal, with a report whose numbers add up; the second time nothing is copied', async () => {
    const first = rehearse('twice', '--files', '200', '--no-screen');
    expect(await first.ended, first.said()).toBe(0);
    expect(first.said()).toContain('complete with issues');
    expect(first.said()).not.toContain('Nothing was copied');
    expect(first.said()).toContain(`From:   ${join(folder, 'twice', 'Practice share')}\n`);
    expect(first.said()).toMatch(
      /\nTo: {5}https:\/\/contoso\.\S+\/sites\/archive\/Shared Documents\/Practice share\n/,
    );
    const second = rehearse('twice', '--files', '200', '--no-screen');
    expect(await second.ended, second.said()).toBe(0);
    expect(second.said()).toMatch(/Nothing was copied: an earlier rehearsal .* --fresh/);

    const [one, two] = summaries('twice');
    expect(one?.addsUp && two?.addsUp).toBe(true);
    expect(one?.counts.found.files).toBeGreaterThan(190);
    expect(one?.counts.byOutcome['copied']?.files).toBeGreaterThan(150);
    expect(two?.counts.byOutcome['copied']?.files).toBe(0);
    expect(two?.counts.byOutcome['present']?.files).toBe(one?.counts.byOutcome['copied']?.files);
  }, 90_000);

  test('--fresh begins again and says what it deletes; another size replaces the share and leaves the tenant', async () => {
    const first = rehearse('fresh', '--files', '120', '--no-screen');
    expect(await first.ended, first.said()).toBe(0);
    const again = rehearse('fresh', '--files', '120', '--no-screen', '--fresh', '--faults', '3');
    expect(await again.ended, again.said()).toBe(0);
    expect(again.said()).toContain(
      `Beginning again. Deleted in ${join(folder, 'fresh')}: journal and reports, all that the practice tenant holds, the practice share.`,
    );
    const runs = summaries('fresh');
    expect(runs.map(({ run }) => run.number)).toEqual([0]);
    expect(runs[0]?.counts.byOutcome['present']?.files).toBe(0);
    expect(runs[0]?.counts.byOutcome['copied']?.files).toBeGreaterThan(60);

    const other = rehearse('fresh', '--files', '130', '--no-screen');
    expect(await other.ended, other.said()).toBe(0);
    expect(other.said()).toContain('Replacing the practice share of 120 files by one of 130.');
    expect(summaries('fresh')[1]?.run.number).toBe(1);
  }, 120_000);

  test('a practice folder is for one rehearsal at a time', async () => {
    const first = rehearse('busy', '--files', '100', '--no-screen');
    await until(() => /practice share/i.test(first.said()), first);
    const second = rehearse('busy', '--files', '100', '--no-screen', '--fresh');
    expect(await second.ended, second.said()).toBe(1);
    expect(second.said()).toContain('store-in-use');
    expect(await first.ended, first.said()).toBe(0);
    expect(first.said()).toContain('copied');
  }, 60_000);

  test('on a bad day everything arrives all the same', async () => {
    const bad = rehearse('faults', '--files', '150', '--no-screen', '--faults', '3');
    expect(await bad.ended, bad.said()).toBe(0);
    expect(summaries('faults')[0]?.state).toBe('complete-with-issues');
    expect(summaries('faults')[0]?.counts.byOutcome['copied']?.files).toBeGreaterThan(100);
  }, 120_000);

  test('Ctrl+C, which reaches all processes of a terminal, finishes what is in flight; the same command does the rest', async (context) => {
    if (process.platform === 'win32') context.skip('Windows has no process groups to send a signal to');
    const first = rehearse('stopped', '--files', '2500', '--no-screen');
    await until(() => /\d\/[\d,]+ files/.test(first.said()), first);
    process.kill(-(first.process.pid ?? 0), 'SIGINT');
    expect(await first.ended, first.said()).toBe(4);
    expect(first.said()).toContain('stopped-by-you');

    const second = rehearse('stopped', '--files', '2500', '--no-screen');
    expect(await second.ended, second.said()).toBe(0);
    const [one, two] = summaries('stopped');
    expect(one?.state).toBe('stopped');
    expect(two?.addsUp).toBe(true);
    const copied =
      (one?.counts.byOutcome['copied']?.files ?? 0) + (two?.counts.byOutcome['copied']?.files ?? 0);
    expect(two?.counts.byOutcome['present']?.files).toBe(one?.counts.byOutcome['copied']?.files);
    expect(copied).toBeGreaterThan(2_400);
  }, 120_000);

  test('the dashboard is there while it works', async () => {
    const shown = rehearse('screen', '--files', '60');
    await until(() => /Screen: (http\S+)/.test(shown.said()), shown);
    const address = /Screen: (http\S+)/.exec(shown.said())?.[1] ?? '';
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(await shown.ended, shown.said()).toBe(0);
  }, 60_000);
});

/** Waits for something to be said; fails when the process ends first. */
async function until(condition: () => boolean, { process: child, said, ended }: Rehearsal): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!condition()) {
    if (over) throw new Error(`it ended first:\n${said()}`);
    await Promise.race([once(child.stderr ?? child, 'data'), ended]);
  }
}
