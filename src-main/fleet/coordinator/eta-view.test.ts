import { describe, expect, it } from 'vitest';
import { emptyCounts, noTally } from '../../../src-shared/model/counts.ts';
import { type Live, noLive } from '../../../src-shared/model/live.ts';
import { etaOfAll, etaOfRun } from './eta-view.ts';
import { Ledger, newRunEntry, type RunEntry } from './ledger.ts';
import { beginTold, noteTold } from './told.ts';
import { noFacts } from './usage.ts';

const START = 1_700_000_000_000;
const FILES = 10_000;
const FILE_BYTES = 20_000;

function running(ledger: Ledger): RunEntry {
  const run = { id: 'r', task: 't', number: 0, state: 'running' as const, startedAt: START };
  const unit = { id: 'u', run: 'r', epoch: 1, holder: 'm', leaseUntil: null, state: 'held' as const };
  const entry = newRunEntry({ ...run, endedAt: null, problem: null }, unit, noFacts);
  beginTold(ledger, entry, START);
  return entry;
}

/** Tells beats of a run that copies so many files in each second, up to a time. */
function tell(ledger: Ledger, entry: RunEntry, seconds: number, filesPerSecond: number, more: Partial<Live>) {
  let now = entry.told?.at ?? START;
  for (let second = 0; second < seconds; second += 1) {
    now += 1_000;
    const files = entry.facts.counts.byOutcome.copied.files + filesPerSecond;
    const counts = emptyCounts();
    const copied = { ...noTally, files, bytes: files * FILE_BYTES };
    entry.facts = {
      ...entry.facts,
      counts: {
        ...counts,
        found: { ...noTally, files: FILES, bytes: FILES * FILE_BYTES },
        byOutcome: { ...counts.byOutcome, copied },
      },
      current: { ...entry.facts.current, requests: files * 2, resourceUnits: files * 4 },
    };
    const waits = entry.told?.waits ?? noLive('copying').waits;
    const live = { ...noLive('copying'), waits: { ...waits, opening: waits.opening + 8_000 }, ...more };
    noteTold(ledger, entry, live, now);
  }
  return now;
}

describe('the end of a run', () => {
  it('is told after a few seconds, and its range holds the true end', () => {
    const ledger = new Ledger(START);
    const entry = running(ledger);
    expect(etaOfRun(entry, tell(ledger, entry, 3, 50, {}))).toBeNull();
    const now = tell(ledger, entry, 17, 50, {});
    const eta = etaOfRun(entry, now);
    expect(eta).toMatchObject({ limitedBy: 'service', atLeast: false });
    // 9,000 files at 50 a second.
    expect(eta?.earliest).toBeLessThan(now + 180_000);
    expect(eta?.latest).toBeGreaterThan(now + 180_000);
    expect(etaOfAll(ledger, [entry], now)).toMatchObject({ limitedBy: 'service' });
  });

  it('is "at least" while the source is still being listed, and none while nothing moves', () => {
    const ledger = new Ledger(START);
    const entry = running(ledger);
    const now = tell(ledger, entry, 20, 50, { phase: 'scanning' });
    expect(etaOfRun(entry, now)?.atLeast).toBe(true);
    expect(etaOfRun(entry, tell(ledger, entry, 130, 0, {}))).toBeNull();
  });

  it('names the budget of a day that it will run into', () => {
    const ledger = new Ledger(START);
    const entry = running(ledger);
    const now = START + 20_000;
    const allowances: Live['allowances'] = [
      { kind: 'long-units', amount: 40_000, windowMs: 86_400_000, used: 30_000, freeFrom: now + 3_600_000 },
    ];
    tell(ledger, entry, 20, 50, { allowances });
    const eta = etaOfRun(entry, now);
    expect(eta?.limitedBy).toBe('long-units');
    expect(eta?.earliest).toBeGreaterThan(now + 3_600_000);
  });
});
