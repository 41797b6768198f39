import { z } from 'zod';
import { bandwidthSchema } from '../model/bandwidth.ts';
import { liveSchema } from '../model/live.ts';
import { machineRulesSchema } from '../model/plan.ts';
import { idSchema } from '../model/task.ts';
import { overviewSchema, sampleSchema } from './console-types.ts';
import { problemSchema } from './fleet.ts';

/** A machine of the fleet as the screen sees it now. */
export const machineRowSchema = z.object({
  machine: idSchema,
  name: z.string(),
  state: overviewSchema.shape.agents.element.shape.state,
  firstSeen: z.number(),
  lastSeen: z.number(),
  rules: machineRulesSchema,
  /** How much of its line it may take for what it sends. */
  bandwidth: bandwidthSchema,
  /** How many more units it would take. */
  freeSlots: z.number().int().nonnegative(),
  /** What it works on. */
  units: z.array(
    z.object({
      unit: idSchema,
      task: idSchema,
      /** Of the task. */
      name: z.string(),
      /** Of the unit's folder below the source; '' is the source itself. */
      path: z.string(),
      /** Null while it has not said. */
      phase: liveSchema.shape.phase.nullable(),
    }),
  ),
  sample: sampleSchema,
  inFlight: liveSchema.shape.inFlight,
  /** Why it has nothing to do although it is here; null when it works or there is no work. */
  reason: problemSchema.nullable(),
  /** Sources that it cannot read, and since when. */
  cannotRead: z.array(z.object({ source: z.string(), code: z.string(), since: z.number() })),
});
export type MachineRow = Readonly<z.infer<typeof machineRowSchema>>;
