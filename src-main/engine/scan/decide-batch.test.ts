import { describe, expect, it } from 'vitest';
import type { TheirsFact } from '../../../src-shared/rules/decide.ts';
import type { SourceEntry } from '../../source/source.ts';
import type { Known, OurCopy } from '../../store/journal.ts';
import { decideBatch, nothingKnown } from './decide-batch.ts';
import { Twins } from './twins.ts';

const entry: SourceEntry = {
  name: 'plan.docx',
  nameReadable: true,
  kind: 'file',
  size: 100,
  modified: 5_000,
  created: 1_000,
  fileId: undefined,
  hidden: false,
  system: false,
  offline: false,
};

/** A document that the service has rewritten: longer than the source, with its time. */
const rewritten: TheirsFact = {
  id: 'there',
  kind: 'file',
  size: 130,
  modified: 5_000,
  tag: 'tag-2',
  hash: 'h',
};

const ours: OurCopy = {
  item: 7,
  fingerprint: { size: 90, modified: 3_000 },
  outcome: 'copied',
  remoteId: 'there',
  tag: 'tag-1',
  grade: 'rewritten',
  goneThere: false,
};

function decided(known: Partial<Known>) {
  const judged = { goes: 'on', kind: 'file', entry, name: entry.name, findings: [] } as const;
  const [one] = decideBatch([judged], () => ({ ...nothingKnown, ...known }), new Twins(), {
    conflict: 'keep-theirs',
    dryRun: false,
  });
  return one?.decision;
}

describe('something stands where a file is to go', () => {
  it('and is left alone', () => {
    expect(decided({ theirs: rewritten })).toMatchObject({ do: 'settle', code: 'occupied-at-destination' });
    expect(decided({ theirs: rewritten, ours })).toMatchObject({
      do: 'settle',
      code: 'edited-at-destination',
    });
  });

  it('and may be our own upload that a stop cut off before its answer: the copier finds out', () => {
    expect(decided({ theirs: rewritten, uploadLeft: true })).toEqual({ do: 'copy', replace: undefined });
    expect(decided({ theirs: rewritten, ours, uploadLeft: true })).toEqual({
      do: 'copy',
      replace: { id: 'there', tag: 'tag-1' },
    });
  });

  it('and a folder in the way stays in the way for a file that was never uploaded', () => {
    expect(decided({ theirs: { ...rewritten, kind: 'folder' } })).toMatchObject({ code: 'kind-differs' });
  });
});
