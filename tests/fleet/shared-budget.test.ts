import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type * as divisions from '../../src-main/budget/division.ts';
import { Ledger } from '../../src-main/budget/ledger.ts';
import { limitsOf } from '../../src-main/destination/graph/limits.ts';
import { BudgetDesk } from '../../src-main/fleet/coordinator/budget-desk.ts';
import { ResourceUnits } from '../../src-practice/tenant/resource-units.ts';
import type { BudgetClaim, Payer } from '../../src-shared/contract/budget.ts';
import type { Beat } from '../../src-shared/contract/fleet.ts';

/**
 * Several agents with their ledgers, the coordinator's desk between them, and the practice tenant's bucket of resource units, all by a
 * clock in the hand: a thousand seconds take one.
 */

/** Mistakes that are made on purpose. */
const made = vi.hoisted(() => ({ overspends: false }));

vi.mock('../../src-main/budget/division.ts', async (original) => {
  const real = await original<typeof divisions>();
  class Generous extends real.Division {
    override lot(...asked: Parameters<divisions.Division['lot']>): ReturnType<divisions.Division['lot']> {
      const lot = super.lot(...asked);
      // As if nobody else had anything.
      return made.overspends ? { ...lot, share: 1 } : lot;
    }
  }
  return { ...real, Division: Generous };
});

const TICK_MS = 10;
const BEAT_MS = 1_000;
const COST = { units: 2, bytes: 0 };

interface Plan {
  readonly seconds: number;
  readonly perMinute: number;
  /** Whether an agent would send so many more requests in a tick; by agent and second. */
  readonly wants: (agent: number, second: number) => number;
  readonly agents: number;
  readonly payer?: (agent: number) => Payer;
  /** Whether the beat of an agent is lost. */
  readonly loses?: (agent: number, second: number) => boolean;
  /** Without a coordinator: what one machine does by itself. */
  readonly unshared?: boolean;
}

interface Outcome {
  /** Requests that were served, by agent and second. */
  readonly served: number[][];
  readonly refused: number;
}

const app: Payer = { tenant: 'contoso', app: 'convoy' };

function simulate(plan: Plan): Outcome {
  let now = 1_700_000_000_000;
  const desk = new BudgetDesk({ now: () => now, steady: () => now }, () => undefined);
  const clock = { now: () => now, advance: () => undefined };
  const bucket = new ResourceUnits(
    { perMinute: plan.perMinute, capacity: undefined, announced: true },
    clock,
  );
  const agents = Array.from({ length: plan.agents }, (_, index) => {
    const payer = plan.payer?.(index) ?? app;
    return { payer, ledger: new Ledger(limitsOf(payer)), waiting: 0, most: 0 };
  });
  const served = agents.map(() => Array.from({ length: plan.seconds }, () => 0));
  let refused = 0;
  let number = 0;
  const beat = (index: number): void => {
    const agent = agents[index];
    if (agent === undefined || plan.unshared === true) return;
    number += 1;
    const { told, ...state } = agent.ledger.state(now);
    const wanted = { units: agent.most * COST.units, bytes: 0, requests: agent.most };
    const claim: BudgetClaim = {
      ...{ payer: agent.payer, ...state, wanted },
      ...(told ? { told: { limit: told.limit, remaining: told.remaining, resetMs: told.resetMs } } : {}),
    };
    const made: Beat = {
      ...{ protocol: 1, machine: `machine-${index}`, name: 'x', session: `session-${index}`, number },
      ...{ freeSlots: 0, units: [], budget: [claim] },
    };
    desk.hear(made);
    const [slice] = desk.answer(made).slices;
    if (slice) agent.ledger.take(slice, now, state.used);
    agent.most = agent.waiting;
  };
  for (let tick = 0; tick < (plan.seconds * 1_000) / TICK_MS; tick += 1, now += TICK_MS) {
    const second = Math.floor((tick * TICK_MS) / 1_000);
    for (const [index, agent] of agents.entries()) {
      const offset = Math.floor((index * BEAT_MS) / plan.agents / TICK_MS) * TICK_MS;
      if ((tick * TICK_MS) % BEAT_MS === offset && plan.loses?.(index, second) !== true) beat(index);
      // Slots that wait keep what they want to send.
      agent.waiting = Math.min(16, agent.waiting + plan.wants(index, second));
      for (; agent.waiting > 0 && agent.ledger.due(COST, now) <= now; agent.waiting -= 1) {
        agent.ledger.spend(COST, now);
        const { granted, headers } = bucket.charge(agent.payer.app, COST.units);
        const [limit, remaining, reset] = ['Limit', 'Remaining', 'Reset'].map((name) =>
          Number(headers[`RateLimit-${name}`]),
        );
        if (limit !== undefined && remaining !== undefined && reset !== undefined && limit > 0)
          agent.ledger.told({ limit, remaining, resetMs: reset * 1_000 }, now);
        if (!granted) refused += 1;
        else {
          const seconds = served[index];
          if (seconds) seconds[second] = (seconds[second] ?? 0) + 1;
        }
      }
      agent.most = Math.max(agent.most, agent.waiting);
    }
  }
  return { served, refused };
}

/** Requests from one second to another. */
function between(seconds: readonly number[] | undefined, from: number, to: number): number {
  return (seconds ?? []).slice(from, to).reduce((sum, count) => sum + count, 0);
}
const total = (outcome: Outcome): number =>
  outcome.served.reduce((sum, seconds) => sum + between(seconds, 0, seconds.length), 0);

const hungry = (): number => 16;
const small = { seconds: 200, perMinute: 1_200, wants: hungry };

describe('a budget that the service tells of', () => {
  it('is spent by one machine with a coordinator as fast as by one without', () => {
    const alone = simulate({ ...small, agents: 1, unshared: true });
    const leased = simulate({ ...small, agents: 1 });
    // The bucket of a minute, and what flows in.
    expect(total(alone) * COST.units).toBeGreaterThan(0.95 * (1_200 * 0.8 + 200 * 20));
    expect(total(leased)).toBeGreaterThanOrEqual(total(alone) * 0.995);
    expect(leased.refused).toBe(0);
  });

  it.each([2, 4, 10])('is spent by %i agents in full, by each alike, and none is refused', (agents) => {
    const outcome = simulate({ ...small, agents });
    expect(outcome.refused).toBe(0);
    expect(total(outcome) * COST.units).toBeGreaterThan(0.95 * (1_200 * 0.8 + 200 * 20));
    const each = outcome.served.map((seconds) => between(seconds, 100, 200));
    expect(Math.min(...each)).toBeGreaterThan(0.85 * Math.max(...each));
  });

  it('goes to whoever needs it: what idle agents leave is spent by the others', () => {
    const wants = (agent: number, second: number): number =>
      agent === 0 || (agent === 1 && second >= 100) ? 16 : 0;
    const { served, refused } = simulate({ ...small, agents: 4, wants });
    expect(refused).toBe(0);
    expect(between(served[0], 60, 100) * COST.units).toBeGreaterThan(0.93 * 40 * 20);
    const [first, second] = [between(served[0], 110, 200), between(served[1], 110, 200)];
    expect(second).toBeGreaterThan(0.9 * first);
    expect((first + second) * COST.units).toBeGreaterThan(0.93 * 90 * 20);
  });

  it('leaves whoever needs little what it needs', () => {
    const wants = (agent: number, second: number): number =>
      agent === 0 ? Number(second % 2 === 0) * 0.02 : 16;
    const { served } = simulate({ ...small, agents: 4, wants });
    // One request a second, in every other second.
    expect(between(served[0], 100, 200)).toBeGreaterThan(90);
  });

  it('that one agent is cut off from is kept to by it, and handed on bit by bit', () => {
    const loses = (agent: number, second: number): boolean => agent === 0 && second >= 100;
    const { served, refused } = simulate({ ...small, seconds: 300, agents: 2, loses });
    expect(refused).toBe(0);
    const kept = between(served[0], 100, 108);
    expect(kept).toBeGreaterThan(0.7 * between(served[1], 100, 108));
    expect(between(served[0], 230, 300)).toBe(0);
    expect(between(served[1], 230, 300) * COST.units).toBeGreaterThan(0.95 * 70 * 20);
  });

  it('is counted for each application apart, as the service does', () => {
    const payer = (agent: number): Payer => ({ tenant: 'contoso', app: agent < 2 ? 'one' : 'other' });
    const { served, refused } = simulate({ ...small, agents: 3, payer });
    expect(refused).toBe(0);
    const [a, b, c] = served.map((seconds) => between(seconds, 100, 200));
    expect((a ?? 0) + (b ?? 0)).toBeGreaterThan(0.9 * (c ?? 0));
    expect((c ?? 0) * COST.units).toBeGreaterThan(0.95 * 100 * 20);
  });

  it('is never passed by more than a slice, whoever wants how much and whichever beats are lost', () => {
    const wish = fc.array(fc.array(fc.constantFrom(0, 0, 0.2, 1, 16), { minLength: 8, maxLength: 8 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(wish, fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }), (wishes, lost) => {
        const { refused } = simulate({
          ...{ seconds: 80, perMinute: 1_200, agents: wishes.length },
          wants: (agent, second) => wishes[agent]?.[Math.floor(second / 10)] ?? 0,
          loses: (agent, second) => lost[(agent * 7 + second) % 50] === true && second % 3 !== 0,
        });
        expect(refused).toBe(0);
      }),
      { numRuns: 10 },
    );
  });

  it('is passed where a slice takes no account of what others have: that mistake is seen here', () => {
    made.overspends = true;
    try {
      // Few agents are held back by what the service tells each of them; ten honest ones are never refused, as the test above says.
      expect(simulate({ ...small, agents: 10 }).refused).toBeGreaterThan(100);
    } finally {
      made.overspends = false;
    }
  });
});
