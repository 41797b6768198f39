import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Destination } from '../../src-main/destination/destination.ts';
import { startUnit } from '../../src-main/engine/engine.ts';
import type { RunningUnit } from '../../src-main/engine/unit.ts';
import { openNodeSource } from '../../src-main/source/node-fs/node-source.ts';
import { openJournal } from '../../src-main/store/open-journal.ts';
import type { TreeEntry } from '../../src-practice/tenant/control-contract.ts';
import type { PracticeOptions } from '../../src-practice/tenant/options.ts';
import type { UnitEnd } from '../../src-shared/contract/fleet.ts';
import type { Counts } from '../../src-shared/model/counts.ts';
import { ok } from '../../src-shared/model/problem.ts';
import { defaultSettings, type TaskSettings } from '../../src-shared/model/settings.ts';
import { must } from '../conformance/destination-steps.ts';
import { type GraphTest, LIBRARY, startGraphTest } from '../destination/graph-fixture.ts';

/** What came of a run. */
export interface PracticeRun {
  readonly end: UnitEnd;
  readonly counts: Counts;
  /** Requests of this run. */
  readonly requests: number;
}

/** The engine with everything real around it but the service: reader, journal, Graph client, and the practice tenant. */
export interface PracticeRig {
  readonly graph: GraphTest;
  /** An empty folder for sources. */
  readonly folder: string;
  run(
    number: number,
    source: string,
    settings?: Partial<TaskSettings>,
    during?: (unit: RunningUnit, destination: Destination) => Promise<void>,
  ): Promise<PracticeRun>;
  /** Persons by the owners of files, for runs that want authors. */
  people: ReadonlyMap<string, string>;
  /** All that is stored in the folder that is copied to, by path below it. */
  stored(): Promise<Map<string, TreeEntry>>;
  end(): Promise<void>;
}

const FOLDER = 'engine';

export async function practiceRig(options: PracticeOptions = {}): Promise<PracticeRig> {
  const graph = await startGraphTest(options);
  const folder = await mkdtemp(join(tmpdir(), 'convoy-practice-'));
  const rig: PracticeRig = {
    graph,
    folder,
    people: new Map(),
    async run(number, root, settings = {}, during = () => Promise.resolve()) {
      const { journal } = must(
        await openJournal({
          file: join(folder, 'task.db'),
          keys: { key: async () => ok(new Uint8Array(32).fill(1)) },
          now: Date.now,
        }),
      );
      const destination = must(await graph.open(`${LIBRARY}/${FOLDER}`));
      const source = openNodeSource(root, { threads: 2 });
      try {
        const task = {
          id: 'task-1',
          name: 'test',
          source: root,
          destination: destination.root.url,
          settings: { ...defaultSettings, ...settings },
          createdAt: 0,
        };
        const before = destination.metrics().requests;
        const unit = startUnit(
          {
            task,
            run: number,
            acknowledged: 0,
            source,
            destination,
            journal,
            givenNames: new Map(),
            people: rig.people,
          },
          { now: Date.now, random: () => 0.5, mayWrite: () => true },
        );
        await during(unit, destination);
        const end = await unit.ended;
        return { end, counts: await journal.counts(), requests: destination.metrics().requests - before };
      } finally {
        await source.close();
        await destination.close();
        await journal.close();
      }
    },
    async stored() {
      const entries = new Map<string, TreeEntry>();
      for await (const entry of graph.tenant.control.tree(graph.drive)) {
        if (entry.path.startsWith(`/${FOLDER}/`)) entries.set(entry.path.slice(FOLDER.length + 2), entry);
      }
      return entries;
    },
    async end() {
      await graph.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return rig;
}
