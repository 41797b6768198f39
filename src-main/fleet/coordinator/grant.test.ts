import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runStates } from '../../../src-shared/model/run.ts';
import { type Asker, type Candidate, decideGrants } from './grant.ts';

const NOW = 1_000_000;

const candidate = (given: Partial<Candidate['unit']> & Partial<Omit<Candidate, 'unit'>> = {}): Candidate => {
  const { runState = 'waiting', startedAt = 1, begun = false, lastGrant, ...unit } = given;
  return {
    unit: { id: 'unit', run: 'run', epoch: 0, holder: null, leaseUntil: null, state: 'free', ...unit },
    runState,
    startedAt,
    begun,
    lastGrant,
  };
};

const asker = (given: Partial<Asker> = {}): Asker => ({
  machine: 'one',
  session: 's-one',
  freeSlots: 1,
  claims: new Set(),
  ...given,
});

const held = {
  holder: 'one',
  leaseUntil: NOW + 10_000,
  state: 'held',
  epoch: 2,
  runState: 'running',
} as const;

describe('granting units', () => {
  it('gives a new unit to whoever asks, with a lease and the next epoch', () => {
    expect(decideGrants([candidate()], asker(), NOW)).toEqual([
      {
        again: false,
        unit: { id: 'unit', run: 'run', epoch: 1, holder: 'one', leaseUntil: NOW + 30_000, state: 'held' },
      },
    ]);
  });

  it('gives no more than there are slots, the oldest run first', () => {
    const waiting = [3, 1, 2].map((startedAt) => candidate({ id: `unit-${startedAt}`, startedAt }));
    const ids = (freeSlots: number) =>
      decideGrants(waiting, asker({ freeSlots }), NOW).map(({ unit }) => unit.id);
    expect(ids(0)).toEqual([]);
    expect(ids(2)).toEqual(['unit-1', 'unit-2']);
    expect(ids(9)).toEqual(['unit-1', 'unit-2', 'unit-3']);
  });

  it('repeats a grant whose answer was lost, with the same epoch', () => {
    const granted = candidate({ ...held, lastGrant: { session: 's-one', epoch: 2 } });
    expect(decideGrants([granted], asker(), NOW)).toEqual([{ again: true, unit: granted.unit }]);
  });

  it.each([
    ['the agent was started again', { session: 's-new' }, { lastGrant: { session: 's-one', epoch: 2 } }],
    ['the coordinator was started again', {}, {}],
  ])('grants anew, with the next epoch, when %s', (_, who, last) => {
    const [grant] = decideGrants([candidate({ ...held, ...last })], asker(who), NOW);
    expect(grant?.again).toBe(false);
    expect(grant?.unit.epoch).toBe(3);
  });

  it('does not give what is held', () => {
    expect(decideGrants([candidate(held)], asker({ claims: new Set(['unit']) }), NOW)).toEqual([]);
    expect(decideGrants([candidate(held)], asker({ machine: 'two' }), NOW)).toEqual([]);
  });

  it('gives a unit of which nothing was told to another machine once its lease is over', () => {
    const over = candidate({ ...held, leaseUntil: NOW - 1 });
    const [grant] = decideGrants([over], asker({ machine: 'two' }), NOW);
    expect(grant?.unit).toMatchObject({ holder: 'two', epoch: 3 });
  });

  it('keeps a unit that was begun for the machine whose journal knows it', () => {
    const begun = candidate({ ...held, leaseUntil: NOW - 1, begun: true });
    expect(decideGrants([begun], asker({ machine: 'two' }), NOW)).toEqual([]);
    expect(decideGrants([begun], asker(), NOW)[0]?.unit.epoch).toBe(3);
  });

  it('grants a run that is being stopped once more to its holder only, so that its last results are told', () => {
    const stopping = candidate({ ...held, runState: 'stopping', leaseUntil: NOW - 1 });
    expect(decideGrants([stopping], asker(), NOW)).toHaveLength(1);
    expect(decideGrants([stopping], asker({ machine: 'two' }), NOW)).toEqual([]);
  });

  it.each(runStates.filter((state) => !['waiting', 'running', 'stopping'].includes(state)))(
    'grants nothing of a run that is %s',
    (runState) => {
      expect(decideGrants([candidate({ ...held, runState })], asker(), NOW)).toEqual([]);
    },
  );

  it('never lowers an epoch, never exceeds the slots, never gives to two', () => {
    const anyCandidate = fc
      .record({
        holder: fc.constantFrom(null, 'one', 'two'),
        leaseUntil: fc.option(fc.integer({ min: NOW - 50_000, max: NOW + 50_000 })),
        state: fc.constantFrom('free' as const, 'held' as const, 'done' as const),
        epoch: fc.nat(5),
        runState: fc.constantFrom(...runStates),
        begun: fc.boolean(),
        lastGrant: fc.option(fc.record({ session: fc.constantFrom('s-one', 's-two'), epoch: fc.nat(5) }), {
          nil: undefined,
        }),
      })
      .map((given) => candidate(given));
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 8 }), fc.nat(4), (given, freeSlots) => {
        const all = given.map((one, index) => ({ ...one, unit: { ...one.unit, id: `unit-${index}` } }));
        const grants = decideGrants(all, asker({ freeSlots }), NOW);
        expect(grants.length).toBeLessThanOrEqual(freeSlots);
        for (const { unit, again } of grants) {
          const before = all.find((one) => one.unit.id === unit.id);
          expect(unit.epoch).toBe((before?.unit.epoch ?? 0) + (again ? 0 : 1));
          expect(unit.holder).toBe('one');
          expect(unit.state).toBe('held');
        }
      }),
    );
  });
});
