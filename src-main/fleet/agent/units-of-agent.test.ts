import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Beat, BeatAnswer, Grant } from '../../../src-shared/contract/fleet.ts';
import { failed, ok } from '../../../src-shared/model/problem.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { StandInDestination } from '../../engine/stand-in-destination.ts';
import { openNodeSource } from '../../source/node-fs/node-source.ts';
import { type DataFolder, openDataFolder } from '../../store/data-folder.ts';
import { keyFile } from '../../store/key-file.ts';
import { openJournal } from '../../store/open-journal.ts';
import { dropUnitJournal } from '../../store/unit-journals.ts';
import { Gate, StandInEngine } from '../stand-in-engine.ts';
import { StandInShare } from '../stand-in-share.ts';
import { Agent } from './agent.ts';
import type { UnitOpeners } from './openers.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The other end is the test itself: it reads what the agent says and answers by hand. Journals are real. */

type Claim = Beat['units'][number];
type ClaimAnswer = BeatAnswer['units'][number];

let temporary: string;
let folder: DataFolder;
let now: number;
let share: StandInShare;
let gate: Gate;
let agent: Agent;
let openers: { -readonly [K in keyof UnitOpeners]: UnitOpeners[K] };
let granted: Grant[];
let answers: (claim: Claim) => Partial<ClaimAnswer>;
let last: Beat;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'convoy-agent-'));
  const opened = await openDataFolder(temporary);
  if (!opened.ok) throw new Error(opened.problem.code);
  folder = opened.value;
  now = 1_700_000_000_000;
  share = StandInShare.flat(60);
  gate = new Gate();
  granted = [];
  answers = () => ({});
  openers = {
    openJournal: (task, unit) => {
      const file = unit === undefined ? folder.journalFile(task.id) : folder.unitJournalFile(task.id, unit);
      return openJournal({ file, keys: keyFile(folder.keyFile), now: () => now });
    },
    openGivenNames: async () => ok(new Map()),
    openPeople: async () => ok(new Map()),
    openSource: async () => ok(openNodeSource(temporary)),
    openDestination: async () => ok(new StandInDestination()),
    dropJournal: (task, unit) => dropUnitJournal(folder, task.id, unit),
    startUnit: (job, env) => new StandInEngine(job, env, gate, share),
  };
  startAgent();
});

afterEach(async () => {
  await agent.close();
  folder.release();
  await rm(temporary, { recursive: true });
});

function startAgent(): void {
  agent = new Agent({
    machine: 'machine-one',
    name: 'one',
    session: `session-${now}`,
    fleet: {
      async beat(beat) {
        last = structuredClone(beat);
        const units = beat.units.map((claim) => ({
          ...{ unit: claim.unit, held: claim.end === undefined, leaseMs: 30_000, order: 'work' as const },
          acknowledged: claim.results.at(-1)?.seq ?? 0,
          ended: claim.end !== undefined,
          ...{ giveBack: 0, offersTaken: 0 },
          ...answers(claim),
        }));
        // A grant is made again until it is claimed, as by a real coordinator.
        granted = granted.filter(
          ({ unit, epoch }) => !beat.units.some((claim) => claim.unit === unit && claim.epoch === epoch),
        );
        return ok({ granted, units });
      },
    },
    openers,
    slots: 2,
    now: () => now,
    steady: () => now,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      now += ms;
      await new Promise((resolve) => setTimeout(resolve, signal.aborted ? 0 : 1));
    },
    onNews: () => undefined,
    onBug: (error) => {
      throw error;
    },
  });
}

function grant(facts: Partial<Grant> = {}): void {
  granted.push({
    ...{ unit: 'unit-a', epoch: 1, leaseMs: 30_000, acknowledged: 0, order: 'work', takeUp: 'new' },
    ...{ offersTaken: 0, except: [], uploads: [] },
    run: { id: 'run-0', number: 0 },
    task: {
      ...{ id: 'task-1', name: 'Share', source: temporary, createdAt: 0 },
      ...{ destination: 'https://contoso.sharepoint.com/sites/x', settings: defaultSettings },
    },
    ...facts,
  });
}

/** Beats until it is so. */
async function until<T>(look: () => T | undefined | false | 0): Promise<T> {
  return vi.waitFor(
    async () => {
      await agent.beat();
      const seen = look();
      if (!seen) throw new Error('not yet');
      return seen;
    },
    { timeout: 60_000, interval: 5 },
  );
}

const claimOf = (unit: string) => last.units.find((claim) => claim.unit === unit);

describe('an agent that is asked to give back', () => {
  it('offers pieces with every beat until they are taken, and ends with what is left', async () => {
    grant();
    gate.give(3);
    await until(() => (claimOf('unit-a')?.found?.files ?? 0) > 0);
    answers = () => ({ giveBack: 2 });
    const offers = await until(() => claimOf('unit-a')?.offers);
    expect(offers.map(({ no }) => no)).toEqual([1, 2]);
    await agent.beat();
    expect(claimOf('unit-a')?.offers, 'the same, and no more').toEqual(offers);
    answers = () => ({ offersTaken: 2 });
    await agent.beat();
    answers = () => ({});
    await agent.beat();
    expect(claimOf('unit-a')?.offers).toBeUndefined();
    const given = offers.reduce((sum, { files }) => sum + files, 0);
    expect(claimOf('unit-a')?.found?.files).toBe(60 - given);
    gate.open();
    await until(() => last.units.length === 0);
    expect(share.copied.size).toBe(60 - given);
    const names = offers.flatMap(({ scope }) => scope.part?.files.map(({ name }) => name) ?? []);
    expect(names.filter((name) => share.copied.has(name))).toEqual([]);
  });

  it('tells its offers again after it was killed, under its next lease', async () => {
    grant();
    gate.give(3);
    await until(() => (claimOf('unit-a')?.found?.files ?? 0) > 0);
    answers = () => ({ giveBack: 1 });
    const offers = await until(() => claimOf('unit-a')?.offers);
    answers = () => ({});
    await agent.close();
    startAgent();
    grant({ epoch: 2, takeUp: 'go-on', acknowledged: 0 });
    expect(await until(() => claimOf('unit-a')?.offers)).toEqual(offers);
  });
});

describe('an agent with units that are parts', () => {
  const part = {
    folders: [{ path: '', destinationPath: '', destinationId: 'root', whole: false }],
    files: ['file 3', 'file 4'].map((name) => ({
      ...{ folder: 0, name, size: 1, modified: 1, created: 1, findings: [] },
    })),
  };
  const scope = { path: '', destinationPath: '', part };

  it('works on several of one task, each with a journal that goes when its end was taken', async () => {
    grant({ unit: 'unit-a', scope });
    grant({ unit: 'unit-b', scope: { ...scope, part: { ...part, files: part.files.slice(0, 1) } } });
    await until(() => last.units.length === 2 && last.units.every(({ found }) => found !== undefined));
    expect(last.freeSlots).toBe(0);
    expect(existsSync(folder.unitJournalFile('task-1', 'unit-a'))).toBe(true);
    gate.open();
    await until(() => last.units.length === 0);
    await until(() => !existsSync(folder.unitJournalFile('task-1', 'unit-a')));
    await until(() => !existsSync(folder.unitJournalFile('task-1', 'unit-b')));
    expect([...share.copied.keys()].sort()).toEqual(['file 3', 'file 4']);
  });

  it('drops the journal with the lease, and keeps that of a unit that was paused', async () => {
    gate.give(2);
    grant({ scope });
    await until(() => claimOf('unit-a')?.found?.files === 2);
    answers = () => ({ order: 'pause' });
    await until(() => claimOf('unit-a')?.state === 'paused');
    answers = () => ({ held: false });
    await until(() => last.units.length === 0);
    grant({ scope, epoch: 2, takeUp: 'go-on' });
    answers = () => ({});
    await until(() => claimOf('unit-a')?.found?.files === 2);
    expect(claimOf('unit-a')?.anew).toBeUndefined();
    answers = () => ({ held: false });
    await until(() => last.units.length === 0);
    await until(() => !existsSync(folder.unitJournalFile('task-1', 'unit-a')));
  });

  it('says that a unit is to be granted anew that its journal does not know, and does nothing with it', async () => {
    grant({ scope, epoch: 4, takeUp: 'go-on' });
    gate.open();
    await until(() => claimOf('unit-a')?.anew);
    expect(claimOf('unit-a')?.results).toEqual([]);
    expect(share.copied.size).toBe(0);
    answers = () => ({ held: false });
    await until(() => last.units.length === 0);
    grant({ scope, epoch: 5, takeUp: 'take-over' });
    answers = () => ({});
    await until(() => share.copied.size === 2);
  });
});

describe('an agent that cannot reach a source', () => {
  it('says so, waits with what was begun, and goes on when the source is back', async () => {
    const { openSource } = openers;
    openers.openSource = async () => failed('source-unreachable');
    grant({ epoch: 3, takeUp: 'take-over' });
    const [away] = await until(() => (last.sourcesAway?.length ? last.sourcesAway : undefined));
    expect(away).toEqual({ task: 'task-1', code: 'source-unreachable', since: expect.any(Number) });
    now += 3_600_000;
    await until(() => claimOf('unit-a')?.live.waitsFor?.code === 'waiting-for-source');
    expect(claimOf('unit-a')?.end).toBeUndefined();
    openers.openSource = openSource;
    gate.give(2);
    await until(() => claimOf('unit-a')?.found !== undefined);
    expect(last.sourcesAway).toEqual([]);
  });

  it('looks for it from time to time after the unit went to another machine', async () => {
    const { openSource } = openers;
    openers.openSource = async () => failed('source-missing');
    grant({ epoch: 3, takeUp: 'take-over' });
    await until(() => last.sourcesAway?.length);
    answers = () => ({ held: false });
    await until(() => last.units.length === 0);
    await agent.beat();
    expect(last.sourcesAway).toHaveLength(1);
    openers.openSource = openSource;
    await until(() => {
      now += 31_000;
      return last.sourcesAway?.length === 0;
    });
  });
});
