import { expect } from 'vitest';
import type { TreeEntry } from '../../../src-practice/tenant/control-contract.ts';
import { addsUp } from '../../../src-shared/model/counts.ts';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Colleague } from './colleague.ts';
import type { SourceFolder } from './source-folder.ts';
import type { ProcessEnd, ProcessResult } from './words.ts';

interface AfterChaos {
  readonly quiet: ProcessEnd;
  readonly source: SourceFolder;
  readonly colleague: Colleague;
  /** All files at the destination. */
  readonly stored: readonly TreeEntry[];
}

/** What must be so after a quiet run, whatever went before it. */
export function expectSound({ quiet, source, colleague, stored }: AfterChaos): void {
  expect(addsUp(quiet.counts, true)).toBe(true);
  const files = filesOf(quiet.results);
  // Everything that is there is accounted for, and nothing else.
  expect([...files.keys()].sort()).toEqual(source.files());
  expect(quiet.counts.found.files).toBe(files.size);

  const byPath = new Map(stored.map((entry) => [entry.path, entry]));
  const renamed = new Set(colleague.renamedFrom.values());
  for (const [path, { outcome, codes }] of files) {
    const isThere = outcome === 'copied' || outcome === 'present';
    if (isThere && byPath.get(path)?.original?.sha256 === source.hash(path)) continue;
    // Only where somebody else was; and it says why, unless it is our copy under the name that a colleague gave it.
    expect(disturbed(path, source, colleague), `${path} is ${outcome}: ${codes.join()}`).toBe(true);
    if (outcome !== 'present' || !renamed.has(path)) expect(codes, `${path} is ${outcome}`).not.toEqual([]);
  }

  const byId = new Map(stored.map((entry) => [entry.id, entry]));
  for (const [id, sha256] of colleague.theirs) {
    expect(byId.get(id)?.original?.sha256, `what the colleague stored as ${id}`).toBe(sha256);
  }
  for (const { id, path, size, versions, original } of stored) {
    const edits = colleague.edits.get(id) ?? 0;
    const was = colleague.renamedFrom.get(id) ?? path;
    const ours = source.states.get(was)?.size ?? 0;
    // An empty file is made and then given its times.
    expect(versions, `versions of ${path}`).toBeLessThanOrEqual(ours + edits + (size === 0 ? 1 : 0));
    const sha256 = original?.sha256 ?? '';
    if (edits === 0) expect(source.wasEver(was, sha256), `${path} was such a file once`).toBe(true);
  }
}

/** Files by their path at the destination. */
function filesOf(results: readonly ProcessResult[]): Map<string, ProcessResult> {
  const byItem = new Map(results.map((result) => [result.item, result]));
  const pathOf = ({ parent, name }: ProcessResult): string => {
    const above = parent === ROOT_ITEM ? undefined : byItem.get(parent);
    return above === undefined ? name : `${pathOf(above)}/${name}`;
  };
  const settled = results.filter(({ kind, outcome }) => kind === 'file' && outcome !== undefined);
  return new Map(settled.map((result) => [pathOf(result), result]));
}

function disturbed(path: string, source: SourceFolder, colleague: Colleague): boolean {
  const above = path.split('/').map((_, depth, names) => names.slice(0, depth + 1).join('/'));
  return above.some((place) => colleague.places.has(place) || source.turned.has(place));
}
