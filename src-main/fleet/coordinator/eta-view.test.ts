import { describe, expect, it } from 'vitest';
import { emptyCounts, noTally } from '../../../src-shared/model/counts.ts';
import { type Live, noLive } from '../../../src-shared/model/live.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { etaOfAll, etaOfRun } from './eta-view.ts';
import { granted } from './lease.ts';
import { Ledger } from './ledger.ts';
import { freshUnit } from './offer-desk.ts';
import { newRunEntry, type RunEntry, type UnitEntry } from './run-entry.ts';
import { beginTold, noteTold } from './told.ts';

const START = 1_700_000_000_000;
const FILES = 10_000;
const FILE_BYTES = 20_000;

function running(ledger: Ledger): RunEntry {
  const run = { id: 'r', task: 't', number: 0, state: 'running' as const, startedAt: START };
  const entry = newRunEntry({ ...run, endedAt: null, problem: null });
  const task = { id: 't', name: 't', source: '/s', destination: 'https://x', createdAt: 0 };
  ledger.setLast(ledger.addTask({ ...task, settings: defaultSettings }), entry);
  const unit = granted(freshUnit('u', 'r', ''), 'm', START);
  beginTold(ledger, ledger.addUnit(entry, unit, START), { session: 's', takeUp: 'new' }, START);
  return entry;
}

function unitOf(run: RunEntry): UnitEntry {
  const [unit] = run.units.values();
  if (unit === undefined) throw new Error('no unit');
  return unit;
}

/** Tells beats of a run that copies so many files in each second, up to a time. */
function tell(ledger: Ledger, entry: RunEntry, seconds: number, filesPerSecond: number, more: Partial<Live>) {
  const unit = unitOf(entry);
  let now = unit.told?.at ?? START;
  for (let second = 0; second < seconds; second += 1) {
    now += 1_000;
    const files = entry.facts.counts.byOutcome.copied.files + filesPerSecond;
    const counts = emptyCounts();
    const copied = { ...noTally, files, bytes: files * FILE_BYTES };
    const told = {
      ...counts,
      found: { ...noTally, files: FILES, bytes: FILES * FILE_BYTES },
      byOutcome: { ...counts.byOutcome, copied },
    };
    const waits = unit.told?.waits ?? noLive('copying').waits;
    const live = {
      ...{ ...noLive('copying'), waits: { ...waits, opening: waits.opening + 8_000 } },
      ...{ requests: files * 2, resourceUnits: files * 4, ...more },
    };
    noteTold(ledger, unit, live, told, now);
  }
  return now;
}

describe('the end of a run', () => {
  it('is told after a few seconds, and its range holds the true end', () => {
    const ledger = new Ledger(() => START);
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
    const ledger = new Ledger(() => START);
    const entry = running(ledger);
    const now = tell(ledger, entry, 20, 50, { phase: 'scanning' });
    expect(etaOfRun(entry, now)?.atLeast).toBe(true);
    expect(etaOfRun(entry, tell(ledger, entry, 130, 0, {}))).toBeNull();
  });

  it('names the budget of a day that it will run into', () => {
    const ledger = new Ledger(() => START);
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
