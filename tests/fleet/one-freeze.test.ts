import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { integerBetween, type Random, seededRandom } from '../../src-practice/random.ts';
import { must } from '../conformance/destination-steps.ts';
import { full, seed } from '../support/seed.ts';
import { type BudgetAgent, type BudgetRig, startBudgetRig } from './budget-rig.ts';

const TRIALS = full(100, 4);
/** A request that was on its way when the refusal came back is nobody's fault: to the ring and from it, and the time that a busy computer takes. */
const ON_THE_WIRE_MS = 250;
const LONGEST_WAY_MS = 20;

interface Trial {
  readonly agents: number;
  readonly slots: number;
  readonly retryAfter: number;
  /** Requests that are served before one is refused. */
  readonly skip: number;
  readonly fault: 'throttled' | 'unavailable';
}

function draw(random: Random): Trial {
  return {
    agents: integerBetween(random, 2, 5),
    slots: integerBetween(random, 1, 6),
    retryAfter: integerBetween(random, 1, 2),
    skip: integerBetween(random, 20, 120),
    fault: random() < 0.5 ? 'throttled' : 'unavailable',
  };
}

/** Each agent asks without pause until it was served so often after everybody had to wait. */
async function askAll(agents: readonly BudgetAgent[], slots: number, until: () => boolean): Promise<void> {
  const ask = async (agent: BudgetAgent, name: string): Promise<void> => {
    for (let i = 0; !until(); i += 1)
      must(await agent.destination.find(agent.destination.root.id, `${name} ${i}`));
  };
  await Promise.all(
    agents.flatMap((agent, index) =>
      Array.from({ length: slots }, (_, slot) => ask(agent, `agent-${index}-${slot}`)),
    ),
  );
}

describe(`a refusal at one agent (seed ${seed})`, () => {
  let rig: BudgetRig;
  beforeAll(async () => {
    rig = await startBudgetRig({ seed, logSize: 100_000, freezeGraceMs: ON_THE_WIRE_MS });
  }, 60_000);
  afterAll(() => rig.close(), 60_000);

  it(`holds up all until the time, ${TRIALS} times`, async () => {
    const agents = await Promise.all(
      Array.from({ length: 5 }, (_, index) => {
        const random = seededRandom(`${seed} agent ${index}`);
        // One tenant, however their admins call it.
        const { tenantId, hostName } = rig.tenant;
        const domain = hostName.replace(/\.sharepoint\..*$/, '.onmicrosoft.com');
        const names = [tenantId, domain, tenantId.toUpperCase(), domain.toUpperCase()];
        return rig.agent(integerBetween(random, 0, LONGEST_WAY_MS), random, names[index % names.length]);
      }),
    );
    for (let number = 0; number < TRIALS; number += 1) {
      const random = seededRandom(`${seed} trial ${number}`);
      const trial = draw(random);
      const said = `trial ${number}: ${JSON.stringify(trial)}`;
      await rig.tenant.control.resetStats();
      const began = Date.now();
      await rig.tenant.control.setFaults({
        retryAfterSeconds: trial.retryAfter,
        script: [{ fault: trial.fault, kind: 'item', skip: trial.skip }],
      });
      const working = agents.slice(0, trial.agents);
      let refused: number | undefined;
      let over = false;
      const watch = (async () => {
        while (refused === undefined) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          const frozen = working.map(({ destination }) => destination.metrics().throttledUntil);
          if (frozen.some((until) => until !== null)) refused = Date.now();
        }
        await new Promise((resolve) => setTimeout(resolve, trial.retryAfter * 1_000 + 900));
        over = true;
      })();
      await Promise.all([watch, askAll(working, trial.slots, () => over)]);

      const log = (await rig.tenant.control.log())
        .map((entry) => ({ ...entry, arrived: Date.parse(entry.at) }))
        .filter(({ arrived, kind }) => arrived >= began && kind === 'item');
      const refusals = log.filter(({ fault }) => fault !== undefined);
      expect(refusals, said).toHaveLength(1);
      const refusedAt = (refusals[0]?.arrived ?? 0) + (refusals[0]?.ms ?? 0);
      const until = refusedAt + trial.retryAfter * 1_000;
      // The tenant tells them apart from those that were on their way, or lay in its own sockets while it stood still.
      const stats = await rig.tenant.control.stats();
      expect(stats, said).toMatchObject({ retriesTooEarly: 0, requestsDuringFreeze: 0 });
      // All of them worked before, all came back, and not in one crowd.
      for (let agent = 0; agent < trial.agents; agent += 1) {
        const own = log.filter(({ url }) => url.includes(`agent-${agent}-`)).map(({ arrived }) => arrived);
        expect(
          own.some((arrived) => arrived <= refusedAt),
          said,
        ).toBe(true);
        expect(
          own.some((arrived) => arrived >= until),
          said,
        ).toBe(true);
      }
    }
  }, 900_000);
});
