import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runStates } from '../../../src-shared/model/run.ts';
import { type Asker, type Candidate, decideGrants } from './grant.ts';
import { LEASE_MS } from './lease.ts';
import { freshUnit } from './offer-desk.ts';

const NOW = 1_000_000;

const candidate = (
  given: Partial<Candidate['unit']> & Partial<Omit<Candidate, 'unit' | 'run'>> = {},
  run: Partial<Candidate['run']> = {},
): Candidate => {
  const { lastGrant, adrift = false, holderLost = false, freeFor = 0, ...unit } = given;
  return {
    unit: { ...freshUnit('unit', 'run', ''), ...unit },
    run: { id: 'run', state: 'waiting', startedAt: 1, priority: 0, weight: 1, held: 0, ...run },
    ...{ lastGrant, adrift, holderLost, freeFor },
  };
};

const asker = (given: Partial<Asker> = {}): Asker => ({
  machine: 'one',
  session: 's-one',
  freeSlots: 1,
  claims: new Set(),
  ...given,
});

const held = { holder: 'one', leaseUntil: NOW + 10_000, state: 'held', epoch: 2 } as const;
const running = { state: 'running' } as const;
const made = { session: 's-one', epoch: 2, takeUp: 'take-over' } as const;

const idsOf = (candidates: readonly Candidate[], freeSlots: number) =>
  decideGrants(candidates, asker({ freeSlots }), NOW).map(({ unit }) => unit.id);

describe('granting units', () => {
  it('gives a new unit to whoever asks, with a lease and the next epoch', () => {
    const unit = { ...freshUnit('unit', 'run', ''), epoch: 1, holder: 'one', leaseUntil: NOW + 30_000 };
    expect(decideGrants([candidate()], asker(), NOW)).toEqual([
      { again: false, takeUp: 'new', unit: { ...unit, state: 'held' } },
    ]);
  });

  it('gives no more than there are slots, the oldest run first', () => {
    const waiting = [3, 1, 2].map((startedAt) =>
      candidate({ id: `unit-${startedAt}` }, { id: `run-${startedAt}`, startedAt }),
    );
    expect(idsOf(waiting, 0)).toEqual([]);
    expect(idsOf(waiting, 2)).toEqual(['unit-1', 'unit-2']);
    expect(idsOf(waiting, 9)).toEqual(['unit-1', 'unit-2', 'unit-3']);
  });

  it('gives what has priority first, then helps what goes on by its weight, then begins what waits', () => {
    const of = (id: string, run: Partial<Candidate['run']>) =>
      [1, 2, 3].map((no) => candidate({ id: `${id}-${no}` }, { id, ...run }));
    const all = [
      ...of('waits', { startedAt: 1 }),
      ...of('light', { startedAt: 2, held: 2, state: 'running' }),
      ...of('heavy', { startedAt: 3, held: 2, weight: 2, state: 'running' }),
      ...of('urgent', { startedAt: 4, priority: 1 }).slice(0, 1),
    ];
    expect(idsOf(all, 7)).toEqual([
      ...['urgent-1', 'heavy-1', 'heavy-2', 'light-1', 'heavy-3', 'light-2', 'light-3'],
    ]);
  });

  it('repeats a grant whose answer was lost, with the same epoch and the same way to take it up', () => {
    const granted = candidate({ ...held, lastGrant: made }, running);
    expect(decideGrants([granted], asker(), NOW)).toEqual([
      { again: true, takeUp: 'take-over', unit: granted.unit },
    ]);
  });

  it.each([
    ['the agent was started again', { session: 's-new' }, { lastGrant: made }],
    ['the coordinator was started again', {}, {}],
  ])('grants anew, to go on with, when %s', (_, who, last) => {
    const [grant] = decideGrants([candidate({ ...held, ...last }, running)], asker(who), NOW);
    expect(grant).toMatchObject({ again: false, takeUp: 'go-on', unit: { epoch: 3, generation: 1 } });
  });

  it('does not give what is held', () => {
    const one = candidate(held, running);
    expect(decideGrants([one], asker({ claims: new Set(['unit']) }), NOW)).toEqual([]);
    expect(decideGrants([one], asker({ machine: 'two' }), NOW)).toEqual([]);
  });

  it.each([
    ['whose lease is over', { ...held, adrift: true }, true],
    ['that was let go for as long as a lease', { ...held, state: 'free', freeFor: LEASE_MS }, true],
    ['that was let go just now', { ...held, state: 'free', freeFor: LEASE_MS - 1 }, false],
    ['whose last holder is lost', { ...held, state: 'free', holderLost: true }, true],
    ['of which nobody has a journal', { ...held, state: 'free', holder: null, freeFor: 5_000 }, true],
    ['whose journal was lost just now', { ...held, state: 'free', holder: null, freeFor: 4_999 }, false],
    ['that failed on the machine that asks', { ...held, adrift: true, failures: [failure('two')] }, false],
    ['that failed elsewhere', { ...held, adrift: true, failures: [failure('three')] }, true],
  ] as const)('a unit %s', (_, given, taken) => {
    const [grant] = decideGrants([candidate(given, running)], asker({ machine: 'two' }), NOW);
    expect(grant !== undefined).toBe(taken);
    if (grant === undefined) return;
    expect(grant.takeUp).toBe('take-over');
    expect(grant.unit).toMatchObject({ holder: 'two', epoch: 3, generation: 2 });
  });

  it('keeps a share that nobody began for the machine with the journal of its task, as long as that is here', () => {
    const home = { holder: 'one', freeFor: 10 * LEASE_MS };
    expect(decideGrants([candidate(home)], asker({ machine: 'two' }), NOW)).toEqual([]);
    expect(decideGrants([candidate(home)], asker(), NOW)).toMatchObject([{ takeUp: 'new' }]);
    const lost = candidate({ ...home, holderLost: true });
    expect(decideGrants([lost], asker({ machine: 'two' }), NOW)).toMatchObject([{ takeUp: 'new' }]);
  });

  it('gives first what the machine had itself, then what a lost machine left behind', () => {
    const all = [
      candidate({ id: 'fresh' }, { ...running, priority: 9 }),
      candidate({ id: 'adrift', ...held, holder: 'two', adrift: true }, { ...running, priority: 9 }),
      candidate({ id: 'own', ...held }, { ...running, id: 'other' }),
    ];
    expect(idsOf(all, 3)).toEqual(['own', 'adrift', 'fresh']);
  });

  it('grants a run that is being stopped once more to its holder only, so that the last results are told', () => {
    const stopping = candidate({ ...held, adrift: true }, { state: 'stopping' });
    expect(decideGrants([stopping], asker(), NOW)).toHaveLength(1);
    expect(decideGrants([stopping], asker({ machine: 'two' }), NOW)).toEqual([]);
  });

  it.each(runStates.filter((state) => !['waiting', 'running', 'stopping'].includes(state)))(
    'grants nothing of a run that is %s',
    (state) => {
      expect(decideGrants([candidate(held, { state })], asker(), NOW)).toEqual([]);
    },
  );

  it('never lowers an epoch, never exceeds the slots, never gives to two, begins anew what another had', () => {
    const anyCandidate = fc
      .record({
        holder: fc.constantFrom(null, 'one', 'two'),
        adrift: fc.boolean(),
        holderLost: fc.boolean(),
        state: fc.constantFrom('free' as const, 'held' as const, 'done' as const),
        epoch: fc.nat(5),
        freeFor: fc.nat(2 * LEASE_MS),
        runState: fc.constantFrom(...runStates),
        lastGrant: fc.option(fc.constantFrom(made, { ...made, session: 's-two' }), { nil: undefined }),
      })
      .map(({ runState, ...given }) => candidate(given, { state: runState }));
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 8 }), fc.nat(4), (given, freeSlots) => {
        const all = given.map((one, index) => ({ ...one, unit: { ...one.unit, id: `unit-${index}` } }));
        const grants = decideGrants(all, asker({ freeSlots }), NOW);
        expect(grants.length).toBeLessThanOrEqual(freeSlots);
        for (const { unit, again, takeUp } of grants) {
          const before = all.find((one) => one.unit.id === unit.id)?.unit;
          expect(unit.epoch).toBe((before?.epoch ?? 0) + (again ? 0 : 1));
          expect(unit).toMatchObject({ holder: 'one', state: 'held' });
          const others = before?.epoch !== 0 && before?.holder !== 'one';
          if (!again) expect(takeUp === 'take-over').toBe(others);
          expect(unit.generation).toBe(!again && others ? 2 : 1);
        }
      }),
    );
  });
});

function failure(machine: string) {
  return { machine, problem: { code: 'source-missing' } };
}
