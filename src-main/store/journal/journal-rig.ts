import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { FileToCopy, Journal, JudgedEntry, OutboxRow, Settlement } from '../journal.ts';
import { keyFile } from '../key-file.ts';
import { openJournal } from '../open-journal.ts';
import { outboxRowOf, unpackResults } from '../pack-results.ts';
import { need, testFolder } from '../test-folder.ts';
import type { InProcessJournal } from './in-process.ts';

export function entry(name: string, facts: Partial<JudgedEntry> = {}): JudgedEntry {
  return {
    name,
    kind: 'file',
    size: 10,
    modified: 1_000.5,
    created: 500.25,
    fileId: undefined,
    destinationName: undefined,
    findings: [],
    decision: { do: 'copy', replace: undefined },
    ...facts,
  };
}

/** What is to be told by a journal without its thread. */
export function told(journal: InProcessJournal, limit: number): readonly OutboxRow[] {
  return unpackResults(journal.call('outbox', limit)).map(outboxRowOf);
}

export function copied(item: number, facts: Partial<Settlement> = {}): Settlement {
  const remote = { id: `id-${item}`, tag: `tag-${item}`, hash: 'hash' };
  return {
    item,
    outcome: 'copied',
    grade: 'identical',
    findings: [],
    remote,
    ...facts,
  };
}

export class Rig {
  readonly folder = testFolder();
  readonly file = join(this.folder, 'task.db');
  readonly keys = keyFile(join(this.folder, 'key'));

  async open(options: { maxPages?: number } = {}): Promise<Journal> {
    const { journal } = need(
      await openJournal({ file: this.file, keys: this.keys, now: () => 0, ...options }),
    );
    onTestFinished(() => journal.close());
    return journal;
  }

  /** A journal in a run, with its root made. */
  async begun(run = 0): Promise<Journal> {
    const journal = await this.open();
    await begin(journal, run);
    return journal;
  }
}

export async function begin(journal: Journal, run: number): Promise<void> {
  await journal.begin(run, 0, 0);
  await journal.folderMade(ROOT_ITEM, { id: 'root', existed: true });
}

export async function list(journal: Journal, entries: readonly JudgedEntry[]): Promise<void> {
  const [folder] = await journal.takeFolders(1);
  if (!folder) throw new Error('no folder to list');
  await journal.recordEntries(folder.item, entries);
  await journal.endListing(folder.item);
}

/** Copies all files there are, each with its number in its id and tag. */
export async function copyAll(journal: Journal): Promise<readonly FileToCopy[]> {
  const files = await journal.takeFiles(100);
  await journal.settle(files.map(({ item }) => copied(item)));
  return files;
}

export const names = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);
