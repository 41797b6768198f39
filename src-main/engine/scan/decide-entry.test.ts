import { describe, expect, it } from 'vitest';
import type { TheirsFact } from '../../../src-shared/rules/decide.ts';
import type { SourceEntry } from '../../source/source.ts';
import type { Known, OurCopy } from '../../store/journal.ts';
import { decideEntry, nothingKnown } from './decide-entry.ts';

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
  const settings = { conflict: 'keep-theirs', dryRun: false } as const;
  return decideEntry(judged, { ...nothingKnown, ...known }, settings).decision;
}

describe('something stands where a file is to go', () => {
  it('and is left alone', () => {
    expect(decided({ theirs: rewritten })).toMatchObject({ do: 'settle', code: 'occupied-at-destination' });
    expect(decided({ theirs: rewritten, ours })).toMatchObject({
      do: 'settle',
      code: 'edited-at-destination',
    });
  });

  it('and is the copy of the machine that had the unit before, rewritten as it was stored', () => {
    expect(decided({ theirs: rewritten, takenOver: true })).toEqual({
      do: 'settle',
      outcome: 'present',
      grade: 'rewritten',
      code: 'rewritten-by-service',
      remote: { id: 'there', tag: 'tag-2', hash: 'h' },
    });
    const edited = { ...rewritten, modified: 65_000 };
    expect(decided({ theirs: edited, takenOver: true })).toMatchObject({ code: 'occupied-at-destination' });
    expect(decided({ theirs: rewritten, ours, takenOver: true })).toMatchObject({
      code: 'edited-at-destination',
    });
    const whole = { ...rewritten, size: entry.size };
    expect(decided({ theirs: whole, takenOver: true })).toMatchObject({ grade: 'size-equal' });
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

describe('an entry that goes no further', () => {
  const left = {
    goes: 'no further',
    entry,
    findings: [],
    outcome: 'failed',
    code: 'name-collision',
  } as const;
  const settings = { conflict: 'keep-theirs', dryRun: false } as const;
  it('takes the name of its copy with it, or the one that is proposed', () => {
    const known = { ...nothingKnown, ours, keptName: 'plan (2).docx' };
    expect(decideEntry(left, known, settings).destinationName).toBe('plan (2).docx');
    const proposed = { ...left, proposal: 'short.docx' };
    expect(decideEntry(proposed, nothingKnown, settings).destinationName).toBe('short.docx');
    expect(decideEntry(left, nothingKnown, settings).destinationName).toBeUndefined();
  });
});
