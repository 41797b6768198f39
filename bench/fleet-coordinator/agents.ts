import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { sleep } from '../../src-main/basics/sleep.ts';
import { Uplink } from '../../src-main/fleet/wire/uplink.ts';
import { signingWith } from '../../src-main/store/signing-key.ts';
import { type Beat, FLEET_PROTOCOL } from '../../src-shared/contract/fleet.ts';
import { placeSchema } from '../../src-shared/contract/wire-parts.ts';
import { noLive } from '../../src-shared/model/live.ts';

/** Many agents in one process, each with its own connection: they hold a unit each, beat once a second, and tell some files each time. */
const orderSchema = z.object({
  place: placeSchema,
  coordinator: z.string(),
  /** All sign in with the same key: it is the number of connections that counts. */
  pem: z.string(),
  held: z.array(z.object({ machine: z.string(), unit: z.string() })),
  filesABeat: z.number(),
});
const BEAT_MS = 1_000;
/** Connections are opened one after the other, as machines that are not yet known are let in by few. */
const APART_MS = 15;

const never = new AbortController().signal;
const times: number[] = [];
const lost = { count: 0 };

process.once('message', (message) => {
  const order = orderSchema.parse(message);
  const key = signingWith(createPrivateKey(order.pem));
  order.held.forEach(({ machine, unit }, no) => {
    void agent({ machine, unit, key, order, waitMs: no * APART_MS });
  });
});
process.on('message', (message) => {
  if (message !== 'told?') return;
  process.send?.({ times, lost: lost.count });
  times.length = 0;
  lost.count = 0;
});
process.on('disconnect', () => process.exit(0));

async function agent(own: {
  readonly machine: string;
  readonly unit: string;
  readonly key: ReturnType<typeof signingWith>;
  readonly order: z.infer<typeof orderSchema>;
  readonly waitMs: number;
}): Promise<void> {
  const { machine, unit, key, order } = own;
  await sleep(own.waitMs, never);
  const uplink = new Uplink({
    ...{ machine, name: machine, place: order.place, coordinator: order.coordinator, keys: [key] },
    ...{ onRing: () => undefined, onMoved: async () => undefined, onKey: async () => undefined },
    ...{ now: Date.now, random: Math.random, sleep },
    onBug(error) {
      throw error;
    },
  });
  const session = `session-${machine}`;
  let [acknowledged, coordinator]: [number, string | null] = [0, null];
  const started = performance.now();
  for (let number = 1; ; number += 1) {
    const found = (number + 10) * order.filesABeat;
    const results = Array.from({ length: order.filesABeat }, (_, no) => fileOf(acknowledged + no + 1));
    const live = {
      ...noLive('copying'),
      bytesSent: acknowledged * 50_000,
      requests: acknowledged * 2,
      slots: 4,
    };
    const beat: Beat = {
      ...{ protocol: FLEET_PROTOCOL, machine, name: machine, session, number, freeSlots: 0, coordinator },
      units: [
        {
          ...{ unit, epoch: 1, state: 'running', live, results },
          found: { files: found, folders: 0, others: 0, bytes: found * 50_000 },
        },
      ],
    };
    const since = performance.now();
    const answer = await uplink.fleet.beat(beat);
    if (answer.ok) {
      times.push(performance.now() - since);
      coordinator = answer.value.coordinator ?? null;
      const judged = answer.value.units.find((one) => one.unit === unit);
      if (judged?.held === true) acknowledged = Math.max(acknowledged, judged.acknowledged);
      else if (judged !== undefined) lost.count += 1;
    } else if (number > 5) lost.count += 1;
    await sleep(Math.max(1, started + number * BEAT_MS - performance.now()), never);
  }
}

function fileOf(seq: number): Beat['units'][number]['results'][number] {
  return {
    ...{ seq, item: seq + 1, parent: 1, name: `Report of the year ${seq}.docx`, kind: 'file', size: 50_000 },
    ...{ modified: 1_700_000_000_000, outcome: 'copied', grade: 'identical', findings: [] },
  };
}
