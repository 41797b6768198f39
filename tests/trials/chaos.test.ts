import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateShare } from '../../src-practice/share/share.ts';
import type { PracticeControl } from '../../src-practice/tenant/control-contract.ts';
import { type SpawnedTenant, spawnPracticeTenant } from '../../src-practice/tenant/spawn.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { full, seed } from '../support/seed.ts';
import { Colleague } from './chaos/colleague.ts';
import { expectSound } from './chaos/expectations.ts';
import { type ChaosPlan, type Moment, type ProcessPlan, planChaos } from './chaos/plan.ts';
import { SourceFolder } from './chaos/source-folder.ts';
import { type Answer, type ProcessEnd, type ProcessJob, processWordsSchema } from './chaos/words.ts';

const RUNS = full(200, 2);
const FILES = 300;
/** An upload whose address was lost blocks its name until it ends: a quarter of an hour in the cloud, half a minute here. */
const SESSION_MINUTES = 0.5;
const PROCESS = fileURLToPath(new URL('./chaos/process.ts', import.meta.url));
/** A unit that fails for what a person has to see to is begun again, by a person. So many of them never come. */
const MOST_PROCESSES = 12;
/** Longer than a Retry-After here: whoever starts a killed process again does not know of it either. */
const RESTART_MS = 1_100;
const TOO_LONG_MS = 600_000;

describe(`chaos: ${RUNS} runs of ${FILES} files, seeds ${seed}/1 to ${seed}/${RUNS}`, () => {
  let tenant: SpawnedTenant;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-chaos-'));
    const libraries = Array.from({ length: RUNS }, (_, run) => ({ name: `run ${run + 1}` }));
    tenant = await spawnPracticeTenant({
      seed,
      sessionMinutes: SESSION_MINUTES,
      officeRewrite: 'never',
      // A busy machine may read an answer late.
      freezeGraceMs: 500,
      sites: [{ path: '/sites/chaos', title: 'Chaos', libraries }],
    });
  }, 120_000);

  afterAll(async () => {
    await tenant.close();
    await rm(folder, { recursive: true, force: true });
  }, 120_000);

  it.each(Array.from({ length: RUNS }, (_, run) => run + 1))(
    'run %i: every byte and every account is right in the end',
    async (number) => {
      const runSeed = `${seed}/${number}`;
      const plan = planChaos(runSeed);
      const root = join(folder, `share ${number}`);
      await generateShare({
        ...{ directory: root, seed: runSeed, files: FILES, oddities: false, now: Date.UTC(2026, 8, 1) },
        totalBytes: FILES * 20_000,
        largeFiles: { count: 2, bytes: 3_000_000 + number },
      });
      const { control } = tenant;
      const drive = (await control.drives()).find(({ path }) => path === `sites/chaos/run ${number}`);
      if (drive === undefined) throw new Error(`no library for run ${number}`);
      const source = new SourceFolder(root);
      const colleague = new Colleague(control, drive.id);
      const job = {
        ...{ seed: runSeed, cloud: tenant.cloud, source: root },
        address: drive.webUrl,
        journal: join(folder, `${number}.db`),
      };
      const giveToken = () => control.token();
      const happen = async (event: Moment['event']): Promise<void> => {
        if (event.who === 'source') source.act(event);
        else if (event.who === 'colleague') await colleague.act(event, source);
        else await control.advanceClock(event.ms);
      };

      await control.resetStats();
      await control.setFaults(plan.faults);
      /** Uploads that were in the journal at some time: whoever is not killed for good knows of them. */
      const saved = new Set<string>();
      let clockOffset = 0;
      let ended: ProcessEnd | undefined;
      const plans: ProcessPlan[] = [...plan.processes];
      for (let at = 0; at < MOST_PROCESSES && ended?.end.how !== 'done'; at += 1) {
        ended = await work(
          { ...job, run: 0, clockOffset, plan: plans[at] ?? { moments: [] } },
          happen,
          giveToken,
          saved,
        );
        clockOffset = ended?.clockOffset ?? clockOffset;
        // At once: half a minute later the tenant has ended them all.
        if (ended?.end.how === 'done') await expectNoneLeft(control, saved, plan);
        await sleep(RESTART_MS);
      }
      expect(ended?.end).toEqual({ how: 'done' });
      expect(ended && addsUp(ended.counts, true)).toBe(true);

      // A quiet run: nobody disturbs it, and what lost uploads held is free.
      await control.setFaults({});
      await control.advanceClock(SESSION_MINUTES * 60_000);
      const last = { ...job, run: 1, clockOffset, plan: { moments: [] } };
      const quiet = await work(last, happen, giveToken, saved);
      expect(quiet?.end).toEqual({ how: 'done' });
      if (quiet === undefined) throw new Error('nobody kills the quiet run');
      expectSound({ quiet, source, colleague, stored: await colleague.files() });
      const { sessionsOpen, retriesTooEarly, requestsDuringFreeze } = await control.stats();
      expect({ sessionsOpen, retriesTooEarly, requestsDuringFreeze }).toEqual({
        ...{ sessionsOpen: 0, retriesTooEarly: 0, requestsDuringFreeze: 0 },
      });
      await rm(root, { recursive: true });
    },
    TOO_LONG_MS,
  );
});

/**
 * What a run leaves under way when it is done: nothing that was ever in a journal, and without a kill nothing at all. Only a process that is killed
 * between the answer of the service and its journal takes the address of an upload with it.
 */
async function expectNoneLeft(
  control: PracticeControl,
  saved: ReadonlySet<string>,
  { processes }: ChaosPlan,
): Promise<void> {
  const open = await control.uploads();
  const killed = processes.some(({ kill }) => kill !== undefined);
  expect(killed ? open.filter(({ guid }) => saved.has(guid)) : open).toEqual([]);
}

/** Lets a process work until it ends, or is killed as planned: then nothing comes of it. */
async function work(
  job: ProcessJob,
  happen: (event: Moment['event']) => Promise<void>,
  giveToken: () => Promise<string>,
  saved: Set<string>,
): Promise<ProcessEnd | undefined> {
  const child = fork(PROCESS, [JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  let end: ProcessEnd | undefined;
  return await new Promise<ProcessEnd | undefined>((resolve, reject) => {
    child.on('message', (message) => {
      const words = processWordsSchema.parse(message);
      if (words.say === 'end') {
        end = words;
        return;
      }
      if (words.say === 'saved') {
        for (const upload of words.uploads) saved.add(upload);
        return;
      }
      const answer = (words: Answer) => child.connected && child.send(words, () => undefined);
      if (words.say === 'token') {
        giveToken().then((token) => answer({ token }), reject);
        return;
      }
      const event = job.plan.moments[words.moment]?.event;
      if (event === undefined) return reject(new Error(`no moment ${words.moment}`));
      happen(event).then(() => answer(words.moment), reject);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      expect(said).not.toMatch(/tempauth|Bearer|PRIVATE KEY/);
      if (signal === 'SIGKILL' && job.plan.kill !== undefined) resolve(undefined);
      else if (code === 0 && end !== undefined) resolve(end);
      else reject(new Error(`the process ended with ${code ?? signal}: ${said}`));
    });
  });
}
