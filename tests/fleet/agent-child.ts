import { once } from 'node:events';
import { z } from 'zod';
import { sleep } from '../../src-main/basics/sleep.ts';
import { destinationBelow } from '../../src-main/destination/destination-below.ts';
import { openGraphDestination } from '../../src-main/destination/graph/graph-destination.ts';
import { MachineLimits } from '../../src-main/engine/concurrency/machine-limits.ts';
import { startUnit } from '../../src-main/engine/engine.ts';
import { Agent } from '../../src-main/fleet/agent/agent.ts';
import { createAlarm } from '../../src-main/fleet/agent/alarm.ts';
import { runBeats } from '../../src-main/fleet/agent/beat-loop.ts';
import { openSource } from '../../src-main/source/open-source.ts';
import { openDataFolder } from '../../src-main/store/data-folder.ts';
import { keyFile } from '../../src-main/store/key-file.ts';
import { openJournal } from '../../src-main/store/open-journal.ts';
import { dropUnitJournal } from '../../src-main/store/unit-journals.ts';
import { signInByCertificate } from '../../src-main/tenant/sign-in.ts';
import { beatAnswerSchema, type FleetContract } from '../../src-shared/contract/fleet.ts';
import { cloudSchema } from '../../src-shared/model/cloud.ts';
import { failed, ok } from '../../src-shared/model/problem.ts';
import { isWhole } from '../../src-shared/model/scope.ts';

/**
 * An agent in a process of its own, whose coordinator is its parent: beats go over the channel between the two. Everything else is as in a machine.
 * See agent-processes.ts.
 */
const optionsSchema = z.object({
  ...{ machine: z.string(), session: z.string(), dataFolder: z.string(), slots: z.number() },
  ...{ cloud: cloudSchema, tenant: z.string(), clientId: z.string(), pem: z.string() },
});
const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const { cloud, machine } = options;

const tokens = must(
  signInByCertificate({
    ...{ cloud, tenant: options.tenant, clientId: options.clientId, certificatePem: options.pem },
  }),
);
const folder = must(await openDataFolder(options.dataFolder));
const keys = keyFile(folder.keyFile);
const limits = new MachineLimits();
const alarm = createAlarm(sleep);

const answerSchema = z.object({ id: z.number(), answer: beatAnswerSchema.optional() });
const waiting = new Map<number, (answer: z.infer<typeof answerSchema>) => void>();
process.on('message', (message) => {
  if (message === 'ring') return alarm.ring();
  const answer = answerSchema.parse(message);
  waiting.get(answer.id)?.(answer);
  waiting.delete(answer.id);
});
const fleet: FleetContract = {
  async beat(beat) {
    const answered = new Promise<z.infer<typeof answerSchema>>((resolve) =>
      waiting.set(beat.number, resolve),
    );
    process.send?.({ id: beat.number, beat });
    const { answer } = await answered;
    return answer ? ok(answer) : failed('service-unreachable');
  },
};

const agent = new Agent({
  ...{ machine, name: machine, session: options.session, fleet, slots: options.slots },
  ...{
    now: Date.now,
    steady: () => performance.now(),
    random: Math.random,
    sleep,
    onNews: () => alarm.ring(),
  },
  onBug(error) {
    throw error;
  },
  openers: {
    startUnit: (job, environment) => startUnit(job, { ...environment, limits }),
    openGivenNames: async () => ok(new Map()),
    openPeople: async () => ok(new Map()),
    openSource: (task) => openSource(task.source),
    openJournal: (task, unit) => {
      const file = unit === undefined ? folder.journalFile(task.id) : folder.unitJournalFile(task.id, unit);
      return openJournal({ file, keys, now: Date.now });
    },
    dropJournal: (task, unit) => dropUnitJournal(folder, task.id, unit),
    async openDestination(task, scope) {
      const address = task.destination;
      const clock = { now: Date.now, random: Math.random };
      const opened = await openGraphDestination({ ...clock, cloud, tokens, address, write: true });
      return opened.ok && scope && !isWhole(scope) ? destinationBelow(opened.value, scope, true) : opened;
    },
  },
});

const closing = new AbortController();
process.on('SIGTERM', () => closing.abort());
process.on('disconnect', () => process.exit(0));
await runBeats(agent, {
  ...{ sleep, alarm, signal: closing.signal },
  onBug(error) {
    throw error;
  },
});
await agent.close();
folder.release();
process.disconnect();
await once(process, 'exit');

function must<T>(result: { ok: true; value: T } | { ok: false; problem: { code: string } }): T {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}
