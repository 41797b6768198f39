import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTally,
  type Counts,
  emptyCounts,
  noTally,
  settled,
  stillToDo,
  type Tally,
} from '../../../src-shared/model/counts.ts';
import { isEnded, type RunState, runStates } from '../../../src-shared/model/run.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { Ledger } from './ledger.ts';
import { overviewOf } from './overview-view.ts';
import { newRunEntry } from './run-entry.ts';
import { taskRowOf } from './task-view.ts';
import { noFacts } from './usage.ts';

const NOW = 1_000_000;

interface Past {
  readonly dryRun: boolean;
  readonly state: RunState;
  readonly copied: Tally;
  readonly rest: Tally;
  readonly archived: boolean;
}

function countsOf({ copied, dryRun, rest }: Past): Counts {
  const counts = emptyCounts();
  const byOutcome = { ...counts.byOutcome, copied, ...(dryRun ? { planned: rest } : {}) };
  return { ...counts, found: addTally(copied, rest), byOutcome };
}

function ledgerOf(pasts: readonly Past[]): Ledger {
  const ledger = new Ledger(() => NOW);
  for (const [index, past] of pasts.entries()) {
    const id = `task-${index}`;
    const settings = { ...defaultSettings, dryRun: past.dryRun };
    const task = { id, name: id, source: '/s', destination: 'https://x', settings, createdAt: 0 };
    const run = {
      id: `run-${index}`,
      task: id,
      number: 0,
      state: past.state,
      startedAt: 1,
      endedAt: null,
      problem: null,
    };
    const archivedAt = past.archived && isEnded(past.state) ? 5 : null;
    const last = newRunEntry(run, { ...noFacts, counts: countsOf(past) });
    ledger.setLast(ledger.addTask(task, archivedAt), last);
  }
  return ledger;
}

const tally = fc.record<Tally>({
  files: fc.nat(99),
  folders: fc.nat(9),
  others: fc.nat(3),
  bytes: fc.nat(9_999),
});
const past = fc
  .record<Past>({
    dryRun: fc.boolean(),
    state: fc.constantFrom(...runStates),
    copied: tally,
    rest: tally,
    archived: fc.boolean(),
  })
  // A dry run copies nothing; a run that writes leaves nothing when it is complete.
  .map((one) => ({ ...one, copied: one.dryRun ? noTally : one.copied }))
  .map((one) => ({ ...one, rest: one.state.startsWith('complete') && !one.dryRun ? noTally : one.rest }));

const real: Past = {
  dryRun: false,
  state: 'complete',
  archived: false,
  copied: { ...noTally, files: 3, bytes: 30 },
  rest: noTally,
};
const dry: Past = {
  dryRun: true,
  state: 'complete',
  archived: false,
  copied: noTally,
  rest: { ...noTally, files: 8, bytes: 80 },
};

describe('the sums over all tasks', () => {
  it('found is what has an outcome and what is still to do, and what dry runs plan is neither copied nor to do', () => {
    fc.assert(
      fc.property(fc.array(past, { maxLength: 6 }), (pasts) => {
        const ledger = ledgerOf(pasts);
        const { counts, tasks, archived } = overviewOf(ledger, NOW);
        const present = ledger.present();
        const writing = present.filter(({ task }) => !task.settings.dryRun);
        const todo = writing
          .map(({ last }) => stillToDo(last?.facts.counts ?? emptyCounts()))
          .reduce(addTally, noTally);
        expect(addTally(settled(counts), todo)).toEqual(counts.found);
        expect(Object.values(tasks).reduce((sum, n) => sum + n, 0) + archived).toBe(pasts.length);
      }),
    );
  });

  it('a dry run that is over is complete, leaves nothing to do and adds nothing to what was copied', () => {
    const view = overviewOf(ledgerOf([real, dry]), NOW);
    expect(view.counts.byOutcome.planned).toEqual(dry.rest);
    expect(view.counts.byOutcome.copied).toEqual(real.copied);
    expect(view).toMatchObject({ progress: 1, dryRun: false });
    expect(overviewOf(ledgerOf([dry]), NOW)).toMatchObject({ progress: 1, dryRun: true });
    const [entry] = ledgerOf([dry]).present();
    if (!entry) throw new Error('no entry');
    expect(taskRowOf(ledgerOf([dry]), entry, NOW).progress).toBe(1);
  });

  it('while only dry runs are at work, nothing is said of how far copying is', () => {
    const looking: Past = { ...dry, state: 'running' };
    expect(overviewOf(ledgerOf([real, looking]), NOW)).toMatchObject({ progress: null, dryRun: true });
    const copying: Past = { ...real, state: 'running', rest: { ...noTally, files: 3, bytes: 30 } };
    expect(overviewOf(ledgerOf([copying, looking]), NOW)).toMatchObject({ progress: 0.5, dryRun: false });
    const [entry] = ledgerOf([looking]).present();
    if (!entry) throw new Error('no entry');
    expect(taskRowOf(ledgerOf([looking]), entry, NOW).progress).toBeNull();
  });
});
