import { setTimeout as delay } from 'node:timers/promises';
import { openGraphDestination } from '../../../src-main/destination/graph/graph-destination.ts';
import { startUnit } from '../../../src-main/engine/engine.ts';
import { KillSwitch } from '../../../src-main/engine/kill-switch.ts';
import { openNodeSource } from '../../../src-main/source/node-fs/node-source.ts';
import type { Journal } from '../../../src-main/store/journal.ts';
import { openJournal } from '../../../src-main/store/open-journal.ts';
import type { TokenSource } from '../../../src-main/tenant/token-source.ts';
import { seededRandom } from '../../../src-practice/random.ts';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { answerSchema, type ProcessWords, processJobSchema } from './words.ts';

/**
 * For chaos.test.ts, as a process that is killed: works on a run of a task, or on what is left of it. Its job is the
 * one argument, as JSON; over the channel to its parent it says each planned moment, and in the end what came of it.
 */
const job = processJobSchema.parse(JSON.parse(process.argv[2] ?? ''));
const { plan } = job;
let clockOffset = job.clockOffset;
const now = (): number => Date.now() + clockOffset;

const say = (words: ProcessWords): Promise<void> =>
  new Promise((resolve, reject) => {
    if (process.send === undefined) throw new Error('this process is started by chaos.test.ts');
    process.send(words, (error: Error | null) => (error ? reject(error) : resolve()));
  });

const answers = new Map<number, () => void>();
const waitingForToken: ((token: string) => void)[] = [];
process.on('message', (message) => {
  const answer = answerSchema.parse(message);
  if (typeof answer === 'object') {
    for (const take of waitingForToken.splice(0)) take(answer.token);
    return;
  }
  answers.get(answer)?.();
  answers.delete(answer);
});
const orphaned = (): never => process.exit(1);
process.on('disconnect', orphaned);

let calls = 0;
let told = 0;

/** Counts a call. True: something is planned for it. */
function isDue(): boolean {
  calls += 1;
  return (plan.moments[told]?.call ?? Number.POSITIVE_INFINITY) <= calls;
}

/** All happens that is planned up to this call; what others see as long as that takes is not held. */
async function happen(): Promise<void> {
  for (let moment = plan.moments[told]; moment !== undefined; moment = plan.moments[told]) {
    if (moment.call > calls) return;
    const at = told;
    told += 1;
    if (moment.event.who === 'machine-clock') {
      clockOffset += moment.event.ms;
      continue;
    }
    const answered = new Promise<void>((resolve) => {
      answers.set(at, resolve);
    });
    await say({ say: 'moment', moment: at });
    await answered;
  }
}

/** What gives no promise is not counted. */
const notCounted: ReadonlySet<string | symbol> = new Set(['metrics', 'changes', 'close']);

/** The same thing; a call that something is planned for goes on when that has happened. */
function watched<T extends object>(target: T): T {
  return new Proxy(target, {
    get: (_, key) => {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        if (notCounted.has(key) || !isDue()) return member.apply(target, args);
        return happen().then(() => member.apply(target, args));
      };
    },
  });
}

/** The same journal; which uploads are in it is said, after they are: what is not said may have been lost with the process. */
function telling(own: Journal): Journal {
  return {
    ...own,
    async saveUploads(uploads) {
      await own.saveUploads(uploads);
      void say({ say: 'saved', uploads: uploads.flatMap(({ token }) => guidOf(token) ?? []) });
    },
  };
}

/** Of the address that an upload's token holds. */
function guidOf(token: string): string | undefined {
  return /guid=(?:'|%27)([0-9a-f-]{36})/i.exec(token)?.[1];
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code} ${result.problem.detail ?? ''}`);
  return result.value;
}

let token: string | undefined;
/**
 * Tokens come from the tenant's own hand: its clock goes ahead of ours by hours here, and what is signed by our clock would be
 * out of date there, as it never is in the cloud. That signing in works is what other tests show.
 */
const tokens: TokenSource = {
  who: { tenant: 'chaos', account: 'chaos' },
  async token(options) {
    if (token === undefined || options?.refresh === true) {
      const given = new Promise<string>((resolve) => {
        waitingForToken.push(resolve);
      });
      if (waitingForToken.length === 1) await say({ say: 'token' });
      token = await given;
    }
    return ok(token);
  },
};
const opened = await openGraphDestination({
  ...{ cloud: job.cloud, tokens, address: job.address, write: true, now, random: seededRandom(job.seed) },
});
if (!opened.ok) {
  const end = { how: 'failed', problem: opened.problem } as const;
  await say({ say: 'end', end, counts: emptyCounts(), clockOffset, results: [] });
  process.exit(0);
}
const { journal } = must(
  await openJournal({
    file: job.journal,
    keys: { key: async () => ok(new Uint8Array(32).fill(1)) },
    now,
  }),
);
const source = openNodeSource(job.source, { threads: 2 });
const kill = new KillSwitch(plan.kill?.call ?? Number.POSITIVE_INFINITY, plan.kill?.afterEffect ?? false);
// A moment later, so that some of what was on its way still arrives, and some does not.
void kill.killed.then(() => delay(5)).then(() => process.kill(process.pid, 'SIGKILL'));
const task = {
  id: 'chaos',
  name: 'chaos',
  source: job.source,
  destination: job.address,
  settings: { ...defaultSettings, fragmentBytes: 327_680 * 3 },
  createdAt: 0,
};
const unit = startUnit(
  {
    ...{ task, run: job.run, acknowledged: 0, source, givenNames: new Map(), people: new Map() },
    destination: kill.wrap(watched(opened.value)),
    journal: kill.wrap(watched(telling(journal))),
  },
  { now, random: seededRandom(`${job.seed}/engine`), mayWrite: () => true },
);
const end = await unit.ended;
const results = (await journal.outbox(100_000)).map(
  ({ item, parent, name, kind, outcome, findings, ...row }) => ({
    ...{ item, parent, name: row.destinationName ?? name, kind, outcome },
    codes: findings.map(({ code }) => code),
  }),
);
await say({ say: 'end', end, counts: await journal.counts(), clockOffset, results });
await opened.value.close();
await source.close();
await journal.close();
process.off('disconnect', orphaned);
process.disconnect();
