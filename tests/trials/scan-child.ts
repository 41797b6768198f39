import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { startUnit } from '../../src-main/engine/engine.ts';
import { StandInDestination } from '../../src-main/engine/stand-in-destination.ts';
import type { Source } from '../../src-main/source/source.ts';
import { openSyntheticSource } from '../../src-main/source/synthetic/synthetic-source.ts';
import { keyFile } from '../../src-main/store/key-file.ts';
import { openJournal } from '../../src-main/store/open-journal.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';

/**
 * For scan-resume.test.ts, as a process that can be killed: a dry run over a synthetic tree, or what is left of it.
 * `scan-child.ts FOLDER SEED FILES FOLDERS`; a line of JSON for each look at the journal, the last one with `ended`.
 */
const [folder = '', seed = '0', files = '0', folders = '0'] = process.argv.slice(2);
const tree = openSyntheticSource({ seed: Number(seed), files: Number(files), folders: Number(folders) });
let listed = 0;
const source: Source = {
  root: tree.root,
  probe: () => tree.probe(),
  list: (path) => {
    listed += 1;
    return tree.list(path);
  },
  open: (path) => tree.open(path),
  close: () => tree.close(),
};
const opened = await openJournal({
  file: `${folder}/journal.db`,
  keys: keyFile(`${folder}/key`),
  now: Date.now,
});
if (!opened.ok) throw new Error(opened.problem.code);
const { journal } = opened.value;
const destination = new StandInDestination();
const task = {
  id: 'trial',
  name: 'trial',
  source: source.root,
  destination: destination.root.url,
  settings: { ...defaultSettings, dryRun: true },
  createdAt: 0,
};
const unit = startUnit(
  { task, run: 0, acknowledged: 0, source, destination, journal, givenNames: new Map(), people: new Map() },
  { now: Date.now, random: Math.random, mayWrite: () => true },
);
const ended = unit.ended.then((end) => end.how);

async function tell(end?: string): Promise<void> {
  // Asked first: what is listed meanwhile is not said to be done.
  const begun = listed;
  // And both together, so that nothing is found between the one answer and the other.
  const [{ foldersToList }, { found }] = await Promise.all([journal.progress(), journal.counts()]);
  // The root is a folder to list and none that was found.
  const told = {
    listed: begun,
    done: found.folders + 1 - foldersToList,
    files: found.files,
    folders: found.folders,
  };
  if (!process.stdout.write(`${JSON.stringify({ ...told, ended: end })}\n`))
    await once(process.stdout, 'drain');
}

for (let end: string | undefined; end === undefined; ) {
  end = await Promise.race([ended, delay(20, undefined)]);
  await tell(end);
}
await journal.close();
