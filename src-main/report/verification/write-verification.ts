import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counts } from '../../../src-shared/model/counts.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Difference } from '../../engine/verification/verification.ts';
import { writeCsv } from '../csv-file.ts';
import { utc } from '../format.ts';
import { type Signer, writeManifest } from '../manifest/write-manifest.ts';
import { diskProblem, writeWhole } from '../write-whole.ts';
import { type VerificationFacts, verificationSummary } from './verification-summary.ts';
import { verificationText } from './verification-text.ts';

/** Columns of `differences.csv`. One is never renamed or moved, only added at the end. */
const COLUMNS = [
  ...['path', 'kind', 'verdict', 'moved', 'evidence'],
  ...['name then', 'name now', 'folder then', 'folder now'],
  ...['size then', 'size now', 'modified then', 'modified now'],
  ...['quickXorHash then', 'quickXorHash now', 'detail'],
] as const;

/** Differences that the text names. */
const NAMED = 20;

/** A verification that was written: a signed report of its own, below that of the run. */
export interface WrittenVerification {
  readonly folder: string;
  readonly files: string[];
  readonly text: string;
}

/**
 * Writes the report of a verification into a folder of its own. The run's results and its report stay as they are: they say what was true
 * when they were written. Codes: those of the disk.
 */
export async function writeVerification(
  facts: VerificationFacts,
  order: {
    readonly folder: string;
    readonly counts: Counts;
    readonly differences: () => Iterable<Difference>;
    readonly signer: Signer;
    readonly now: number;
  },
): Promise<Result<WrittenVerification>> {
  const { folder, differences, signer, now, counts } = order;
  const first: Difference[] = [];
  for (const difference of differences()) {
    if (first.length >= NAMED) break;
    first.push(difference);
  }
  const text = verificationText(facts, first);
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(join(folder, 'verification.txt'), text);
    const json = JSON.stringify(verificationSummary(facts), undefined, 2);
    await writeWhole(join(folder, 'verification.json'), `${json}\n`);
    await writeCsv(join(folder, 'differences.csv'), COLUMNS, records(differences()));
    const files = ['verification.txt', 'verification.json', 'differences.csv'];
    const { task, run } = facts;
    const added = await writeManifest(
      { about: 'verification', folder, files, byLine: ['differences.csv'], task, run, counts, now },
      signer,
    );
    return ok({ folder, files: [...files, ...added], text });
  } catch (error) {
    return diskProblem(error, folder);
  }
}

async function* records(differences: Iterable<Difference>): AsyncGenerator<string[]> {
  for (const { path, kind, verdict, moved, evidence, was, now, detail } of differences) {
    yield [
      ...[path, kind, verdict, moved ? 'yes' : '', evidence],
      ...[was.name, now?.name ?? '', was.folder ?? '', now?.folder ?? ''],
      ...[String(was.size), now === null ? '' : String(now.size)],
      ...[utc(was.modified), now === null ? '' : utc(now.modified)],
      ...[was.hash ?? '', now?.hash ?? '', detail],
    ];
  }
}
