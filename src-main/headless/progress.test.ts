import { expect, test } from 'vitest';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { emptyCounts, noTally } from '../../src-shared/model/counts.ts';
import { noLive } from '../../src-shared/model/live.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import { ProgressPrinter } from './progress-printer.ts';
import { fitted, progressText } from './progress-text.ts';
import { stepText } from './report-progress.ts';

const NOW = 1_000_000;
const network = { atLeast: false, limitedBy: 'network' } as const;

function row(changes: Partial<TaskRow> = {}): TaskRow {
  const counts = emptyCounts();
  return {
    task: {
      id: 'task-1',
      name: 'x',
      source: '/x',
      destination: 'https://x',
      settings: defaultSettings,
      createdAt: 0,
    },
    archivedAt: null,
    state: 'running',
    reason: null,
    run: null,
    counts: {
      ...counts,
      found: { files: 2000, folders: 10, others: 0, bytes: 8_000_000 },
      byOutcome: { ...counts.byOutcome, copied: { ...noTally, files: 1000, bytes: 4_000_000 } },
    },
    live: null,
    progress: 0.5,
    sample: { at: NOW, filesPerSecond: 123.4, bytesPerSecond: 5_000_000, limitedBy: 'service' },
    progressFell: null,
    eta: { ...network, earliest: NOW + 58_000, latest: NOW + 60_000 },
    issues: { errors: 3, warnings: 0 },
    ...changes,
  };
}

test('a line says first what matters most', () => {
  expect(progressText(row(), NOW)).toBe(
    '50 % · 1,000/2,000 files · 123 files/s · about 1 min to go · limit: service · 3 could not be copied · 4.00 MB of 8.00 MB · 5.00 MB/s',
  );
});

test('a report says how far it is, over the line of the run', () => {
  let written = '';
  const output = { write: (text: string) => (written += text), isTTY: true, columns: 80 };
  const printer = new ProgressPrinter(output, () => NOW);
  printer.note(stepText('listing', 120_000, 1_247_171));
  expect(written).toBe('\r\u001b[2Kwriting the report · 120,000 of 1,247,171 items');
});

test('80 columns hold all up to what limits it', () => {
  const counts = { ...row().counts, found: { files: 102_000, folders: 9, others: 0, bytes: 8_000_000 } };
  const large = row({ counts });
  expect(fitted(progressText(large, NOW), 80)).toMatch(/1,000\/102,000 files .* · limit: service/);
});

test.each([
  [1, '5 s'],
  [57, '55 s'],
  [58, '1 min'],
  [89, '1 min'],
  [3_590, '1 h'],
  [3_660, '1 h'],
  [11_200, '3 h 10 min'],
  [86_200, '1 d'],
  [190_000, '2 d 5 h'],
])('%d s are told as about %s to go', (seconds, text) => {
  const eta = { ...network, earliest: NOW + seconds * 1_000, latest: NOW + seconds * 1_000 };
  expect(progressText(row({ eta }), NOW)).toContain(` about ${text} to go`);
});

test('the phase is told where the per cent do not tell it', () => {
  const live = { ...noLive('scanning'), throttledUntil: NOW + 30_000 };
  expect(progressText(row({ live, progress: null, eta: null }), NOW)).toMatch(
    /^scanning · .* · the service asked to wait 30 s/,
  );
  expect(progressText(row({ live: noLive('scanning') }), NOW)).toMatch(/^scanning 50 % · /);
  expect(progressText(row({ live: noLive('copying') }), NOW)).toMatch(/^50 % · /);
  expect(progressText(row({ live: noLive('verifying') }), NOW)).toMatch(/^verifying 50 % · /);
  expect(progressText(row({ state: 'paused' }), NOW)).toMatch(/^paused 50 % · /);
});

test('a wide range is told as a range, and what is not known is not told', () => {
  expect(
    progressText(row({ eta: { ...network, earliest: NOW + 10_000, latest: NOW + 50_000 } }), NOW),
  ).toContain(' 10 s to 50 s to go');
  const early = progressText(row({ eta: null, sample: null, progress: null, state: 'waiting' }), NOW);
  expect(early).not.toMatch(/%|to go|limit|\/s/);
});

test('what waits says what for, before the figures, on a terminal and in a log', () => {
  const waiting = row({
    state: 'waiting',
    reason: { code: 'waiting-for-slot', where: 'Finance' },
    counts: emptyCounts(),
    sample: null,
    eta: null,
    progress: null,
  });
  expect(progressText(waiting, NOW)).toMatch(
    /^waiting · This machine is busy with another task: Finance · 0\/0 files/,
  );
  const log = output(false);
  new ProgressPrinter(log, () => NOW).show(waiting);
  expect(log.text).toContain('busy with another task: Finance');
  const throttled = row({ reason: { code: 'throttled', retryAt: NOW + 1 } });
  expect(progressText(throttled, NOW)).toMatch(/^50 % · 1,000\/2,000 files/);
});

test('what waits for its hours says until when, by the clock on the wall', () => {
  const retryAt = new Date(2026, 6, 20, 18, 0).getTime();
  const reason = { code: 'waiting-for-hours' as const, retryAt };
  expect(progressText(row({ reason, sample: null }), NOW)).toMatch(
    / · Waiting for the hours in which the source may be read, until Mon,? 18:00 · /,
  );
});

test('a line is cut to the width of the terminal, by characters and not in the middle of one', () => {
  expect(fitted('12345', 6)).toBe('12345');
  expect(fitted('😀😀😀😀😀😀', 5)).toBe('😀😀😀…');
});

function output(isTTY: boolean): {
  text: string;
  isTTY: boolean;
  columns: number;
  write(text: string): void;
} {
  return {
    text: '',
    isTTY,
    columns: 200,
    write(text) {
      this.text += text;
    },
  };
}

test('a terminal gets one line that is redrawn', () => {
  const out = output(true);
  const printer = new ProgressPrinter(out, () => NOW);
  printer.show(row());
  printer.show(row());
  printer.clear();
  expect(out.text.split('\r')).toHaveLength(4);
  expect(out.text).not.toContain('\n');
});

test('a log gets a line at once and then one every ten seconds, without control characters', () => {
  const out = output(false);
  let now = NOW;
  const printer = new ProgressPrinter(out, () => now);
  for (let second = 0; second <= 20; second += 1, now += 1000) printer.show(row());
  printer.clear();
  expect(out.text.match(/\n/g)).toHaveLength(3);
  expect(out.text).not.toContain('\r');
});

test('the end is named with what decides about it, and a percentage that fell with its reason', () => {
  const eta = { ...network, earliest: NOW + 3_600_000, latest: NOW + 7_200_000 };
  expect(progressText(row({ eta: { ...eta, limitedBy: 'long-units' } }), NOW)).toContain(
    " 1 h to 2 h to go · limit: Microsoft's daily budget",
  );
  expect(progressText(row({ eta: { ...eta, atLeast: true } }), NOW)).toContain(' at least 1 h to go · ');
  expect(progressText(row({ progressFell: 'more-found' }), NOW)).toMatch(
    /^50 % \(less than before: more was found\) · /,
  );
});
