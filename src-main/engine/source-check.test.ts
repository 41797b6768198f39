import { expect, it } from 'vitest';
import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import type { Source, SourceEntry } from '../source/source.ts';
import { Control } from './control.ts';
import { SourceCheck } from './source-check.ts';

const root: SourceEntry = {
  name: 'share',
  nameReadable: true,
  kind: 'folder',
  size: 0,
  modified: 0,
  created: 0,
  fileId: '1',
  hidden: false,
  system: false,
  offline: false,
};

/** What becomes of a unit when reading says `code` and its root then answers `probed`. */
async function after(code: Code, probed: Result<SourceEntry>): Promise<Code | undefined> {
  const control = new Control({ now: () => 0, random: () => 0, mayWrite: () => true });
  const none = (): never => {
    throw new Error('only the root is looked at');
  };
  const source: Source = { root: '/share', probe: async () => probed, list: none, open: none, close: none };
  await new SourceCheck({ source, control, now: () => 0, root }).look({ code });
  return control.problem?.code;
}

const gone = failed('source-unreachable', { where: '/share' });

it.each<[Code, Code | undefined]>([
  ['file-vanished', 'source-missing'],
  ['read-failed', 'source-missing'],
  ['source-unreachable', 'source-missing'],
  ['source-sign-in-refused', 'source-missing'],
  ['file-in-use', undefined],
])('%s while the root is gone: %s', async (code, end) => {
  expect(await after(code, gone)).toBe(end);
});

it('does nothing while the root is as it was, and ends where it is another', async () => {
  expect(await after('source-unreachable', ok(root))).toBeUndefined();
  expect(await after('read-failed', ok({ ...root, fileId: '2' }))).toBe('source-changed-identity');
  expect(await after('read-failed', ok({ ...root, fileId: undefined }))).toBeUndefined();
});
