import { z } from 'zod';
import { integerBetween, pick, type Random, seededRandom } from '../../../src-practice/random.ts';
import { type FaultName, faultNames, transientFaults } from '../../../src-practice/tenant/fault-settings.ts';

/** What somebody does to the source. */
const sourceDeeds = ['write', 'append', 'truncate', 'delete', 'rename', 'to-folder', 'touch', 'add'] as const;
/** What a colleague does at the destination. */
const colleagueDeeds = ['edit', 'upload', 'take-name', 'rename', 'delete'] as const;
const MINUTE = 60_000;

const who = {
  source: z.object({ who: z.literal('source'), deed: z.enum(sourceDeeds), chance: z.number() }),
  colleague: z.object({ who: z.literal('colleague'), deed: z.enum(colleagueDeeds), chance: z.number() }),
  /** The tenant's clock goes ahead: tokens, uploads and addresses end. */
  tenantClock: z.object({ who: z.literal('tenant-clock'), ms: z.number() }),
  /** The clock of the machine is set, forward (a sleep) or back. */
  machineClock: z.object({ who: z.literal('machine-clock'), ms: z.number() }),
};

/** Something that happens when a process makes its call of this number, to the destination or the journal. */
const momentSchema = z.object({
  call: z.number(),
  event: z.discriminatedUnion('who', [who.source, who.colleague, who.tenantClock, who.machineClock]),
});
export type Moment = z.infer<typeof momentSchema>;

/** A process that works on the run: what happens meanwhile, and whether `kill -9` ends it. */
export const processPlanSchema = z.object({
  moments: z.array(momentSchema),
  kill: z.object({ call: z.number(), afterEffect: z.boolean() }).optional(),
});
export type ProcessPlan = z.infer<typeof processPlanSchema>;

/** All that befalls one run. From the seed alone. */
export interface ChaosPlan {
  readonly faults: {
    readonly seed: string;
    readonly mixed: number;
    readonly rates: Partial<Record<FaultName, number>>;
    readonly hashAbsent: number;
  };
  readonly processes: readonly ProcessPlan[];
}

/** Calls that a run of 300 files makes in all, about. */
const CALLS = 500;

/** @returns the same plan for the same seed, on every machine */
export function planChaos(seed: string): ChaosPlan {
  const random = seededRandom(`${seed}/plan`);
  const kills = integerBetween(random, 0, 3);
  const processes = Array.from({ length: kills + 1 }, (_, at): ProcessPlan => {
    const moments = Array.from({ length: integerBetween(random, 2, 6) }, () => moment(random));
    const kill = { call: integerBetween(random, 5, CALLS / 2), afterEffect: random() < 0.5 };
    return { moments: moments.sort((a, b) => a.call - b.call), ...(at < kills ? { kill } : {}) };
  });
  // What a client must get over without help is frequent; the others end a file's try or the unit, and are rare.
  const others = faultNames.filter((name) => !transientFaults.includes(name));
  const rates = Object.fromEntries(
    others.map((name) => [name, random() * (name === 'quotaReached' ? 0.002 : 0.01)]),
  );
  const mixed = 0.01 + random() * 0.04;
  return {
    faults: { seed, mixed, rates, hashAbsent: random() < 0.3 ? 0.05 : 0 },
    processes,
  };
}

function moment(random: Random): Moment {
  const call = integerBetween(random, 1, CALLS);
  const who = pick(random, ['source', 'source', 'source', 'colleague', 'colleague', 'clock'] as const);
  const chance = random();
  if (who === 'source') return { call, event: { who, deed: pick(random, sourceDeeds), chance } };
  if (who === 'colleague') return { call, event: { who, deed: pick(random, colleagueDeeds), chance } };
  const jump = integerBetween(random, 1, 120) * MINUTE;
  return random() < 0.5
    ? { call, event: { who: 'tenant-clock', ms: jump } }
    : { call, event: { who: 'machine-clock', ms: random() < 0.3 ? -jump : jump } };
}
