import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictRules, type TaskSettings } from '../model/settings.ts';
import { decide, type Facts, type OursFact, type SourceFact, type TheirsFact } from './decide.ts';

const T = 1_700_000_000_000;
const source: SourceFact = { kind: 'file', size: 10, modified: T };
const changed: SourceFact = { kind: 'file', size: 11, modified: T + 60_000 };
const folder: SourceFact = { kind: 'folder', size: 0, modified: T };
const ours: OursFact = {
  fingerprint: { size: 10, modified: T },
  outcome: 'copied',
  remoteId: 'R',
  tag: 'v1',
  grade: 'identical',
  goneThere: false,
};
const theirs: TheirsFact = {
  id: 'R',
  kind: 'file',
  size: 99,
  modified: T + 30_000,
  tag: 'v2',
  hash: undefined,
};
const stranger: TheirsFact = { ...theirs, id: 'S' };
const twin: TheirsFact = { ...stranger, size: 10, modified: T - 999, hash: 'h' };
const theirFolder: TheirsFact = { ...stranger, kind: 'folder', size: 0 };

interface Row {
  readonly facts: Partial<Facts>;
  readonly rule?: TaskSettings['conflict'];
  readonly because: string;
  readonly what: string;
}

/** One line for each row of docs/guide/what-happens-to.md. */
const rows: readonly Row[] = [
  { facts: {}, because: 'new', what: 'copy' },
  { facts: { ours }, because: 'unchanged', what: 'present identical' },
  { facts: { ours, source: changed }, because: 'changed', what: 'copy over R v1' },
  { facts: { ours: { ...ours, outcome: 'failed' } }, because: 'failed before', what: 'copy over R v1' },
  {
    facts: { ours: { ...ours, outcome: 'failed', remoteId: undefined, tag: undefined } },
    because: 'new',
    what: 'copy',
  },
  {
    facts: { ours: { ...ours, outcome: 'failed', grade: 'missing' } },
    because: 'copy deleted there',
    what: 'copy',
  },
  {
    facts: { ours: { ...ours, outcome: 'accepted', remoteId: undefined, grade: undefined } },
    because: 'accepted before',
    what: 'accepted',
  },
  {
    facts: { source: changed, ours: { ...ours, outcome: 'accepted', remoteId: undefined } },
    because: 'new',
    what: 'copy',
  },
  { facts: { ours: { ...ours, goneThere: true } }, because: 'copy deleted there', what: 'copy' },
  { facts: { ours, theirs }, because: 'edited there', what: 'present present newer-at-destination' },
  {
    facts: { ours, theirs: { ...theirs, size: 10, modified: T - 999 } },
    because: 'unchanged',
    what: 'present size-equal of R v2',
  },
  {
    facts: { ours, theirs: { ...theirs, size: 10, modified: T, tag: 'v1' } },
    because: 'unchanged',
    what: 'present identical of R v1',
  },
  {
    facts: { ours, theirs, source: changed },
    because: 'changed and edited there',
    what: 'failed edited-at-destination',
  },
  {
    facts: { ours, theirs, source: changed },
    rule: 'newer-wins',
    because: 'changed and edited there, source newer',
    what: 'copy over R v2 replaced-at-destination',
  },
  {
    facts: { ours, theirs: { ...theirs, modified: T + 90_000 }, source: changed },
    rule: 'newer-wins',
    because: 'changed and edited there, destination newer',
    what: 'present present newer-at-destination',
  },
  {
    facts: { ours, theirs: { ...theirs, modified: T + 60_500 }, source: changed },
    rule: 'newer-wins',
    because: 'changed and edited there',
    what: 'failed edited-at-destination',
  },
  {
    facts: { ours: { ...ours, outcome: 'failed' }, theirs },
    because: 'changed and edited there',
    what: 'failed edited-at-destination',
  },
  { facts: { theirs: twin }, because: 'already there', what: 'present size-equal of S v2' },
  { facts: { theirs: stranger }, because: 'name taken', what: 'failed occupied-at-destination' },
  { facts: { ours, theirs: stranger }, because: 'name taken', what: 'failed occupied-at-destination' },
  {
    facts: { theirs: { ...stranger, modified: T - 5_000 } },
    rule: 'newer-wins',
    because: 'name taken, source newer',
    what: 'copy over S v2 replaced-at-destination',
  },
  {
    facts: { theirs: stranger },
    rule: 'newer-wins',
    because: 'name taken, destination newer',
    what: 'present present occupied-at-destination',
  },
  ...(['keep-theirs', 'skip', 'newer-wins', 'keep-both'] as const).map((rule) => ({
    facts: { ours, theirs },
    rule,
    because: 'edited there',
    what: 'present present newer-at-destination',
  })),
  {
    facts: { ours, theirs },
    rule: 'replace',
    because: 'edited there, replaced',
    what: 'copy over R v2 replaced-at-destination',
  },
  {
    facts: { ours, theirs, source: changed },
    rule: 'skip',
    because: 'changed and edited there, skipped',
    what: 'present present edited-at-destination',
  },
  {
    facts: { ours, theirs, source: changed },
    rule: 'keep-both',
    because: 'changed and edited there, kept beside',
    what: 'copy-beside',
  },
  {
    facts: { ours, theirs, source: changed },
    rule: 'replace',
    because: 'changed and edited there, replaced',
    what: 'copy over R v2 replaced-at-destination',
  },
  {
    facts: { theirs: stranger },
    rule: 'skip',
    because: 'name taken, skipped',
    what: 'present present occupied-at-destination',
  },
  { facts: { theirs: stranger }, rule: 'keep-both', because: 'name taken, kept beside', what: 'copy-beside' },
  {
    facts: { ours, theirs: stranger },
    rule: 'keep-both',
    because: 'name taken, kept beside',
    what: 'copy-beside',
  },
  {
    facts: { theirs: stranger },
    rule: 'replace',
    because: 'name taken, replaced',
    what: 'copy over S v2 replaced-at-destination',
  },
  ...conflictRules.map((rule) => ({
    facts: { theirs: theirFolder },
    rule,
    because: 'kind differs',
    what: 'failed kind-differs',
  })),
  { facts: { source: folder }, because: 'folder new', what: 'copy' },
  { facts: { source: folder, ours }, because: 'folder there', what: 'present present' },
  {
    facts: { source: folder, theirs: theirFolder },
    because: 'folder there',
    what: 'present present of S v2',
  },
  {
    facts: { source: folder, ours: { ...ours, goneThere: true } },
    because: 'folder deleted there',
    what: 'copy',
  },
  { facts: { source: folder, theirs: stranger }, because: 'kind differs', what: 'failed kind-differs' },
];

describe('the decision about an entry', () => {
  it.each(
    rows.map((row) => [`${row.because}${row.rule ? ` (${row.rule})` : ''} -> ${row.what}`, row] as const),
  )('%s', (_, { facts, rule, because, what }) => {
    const decision = decide({ source, ours: undefined, theirs: undefined, ...facts }, rule ?? 'keep-theirs');
    expect(decision.because).toBe(because);
    expect(inWords(decision)).toBe(what);
  });

  it('compares with our own journal to the millisecond', () => {
    const facts = { source: { ...source, modified: T + 1 }, ours, theirs: undefined };
    expect(decide(facts, 'keep-theirs').because).toBe('changed');
  });
});

const time = fc.integer({ min: T - 5_000, max: T + 5_000 });
const size = fc.integer({ min: 0, max: 3 });
const someTheirs = fc.record({
  id: fc.constantFrom('R', 'S'),
  kind: fc.constantFrom('file' as const, 'folder' as const),
  size,
  modified: time,
  tag: fc.constantFrom('v1', 'v2'),
  hash: fc.constant(undefined),
});
const someOurs = fc.record({
  fingerprint: fc.record({ size, modified: time }),
  outcome: fc.constantFrom('copied' as const, 'present' as const, 'failed' as const),
  remoteId: fc.constantFrom('R', undefined),
  tag: fc.constantFrom('v1', undefined),
  grade: fc.constantFrom('identical' as const, 'missing' as const, undefined),
  goneThere: fc.boolean(),
});
const someFacts = fc.record({
  source: fc.record({ kind: fc.constantFrom('file' as const, 'folder' as const), size, modified: time }),
  ours: fc.option(someOurs, { nil: undefined }),
  theirs: fc.option(someTheirs, { nil: undefined }),
});

const someRule = fc.constantFrom(...conflictRules);

describe('laws of the decision', () => {
  it('never writes over what somebody else wrote, unless told to replace it, or that the newer wins and the source is newer; and never silently', () => {
    fc.assert(
      fc.property(someFacts, someRule, (facts, rule) => {
        const decision = decide(facts, rule);
        if (decision.do !== 'copy' || !facts.theirs) return;
        expect(['newer-wins', 'replace']).toContain(rule);
        if (rule === 'newer-wins') expect(facts.source.modified).toBeGreaterThan(facts.theirs.modified);
        expect(decision.replace).toEqual({ id: facts.theirs.id, tag: facts.theirs.tag });
        expect(decision.code).toBe('replaced-at-destination');
      }),
      { numRuns: 2_000 },
    );
  });

  it('fails nothing for a conflict where the task is to skip, to keep both, or to replace', () => {
    fc.assert(
      fc.property(someFacts, fc.constantFrom('skip', 'keep-both', 'replace'), (facts, rule) => {
        const decision = decide(facts, rule);
        if (decision.do === 'settle' && decision.outcome === 'failed') {
          expect(decision.because).toBe('kind differs');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never takes an item for our own whose content was not seen to be that of the source', () => {
    fc.assert(
      fc.property(someFacts, someRule, (facts, rule) => {
        const decision = decide(facts, rule);
        if (decision.do !== 'settle' || !decision.remote || !facts.theirs) return;
        if (facts.source.kind === 'folder') return;
        expect(facts.theirs.size).toBe(facts.source.size);
      }),
    );
  });

  it('never remembers more of a changed item than that its size is the same', () => {
    fc.assert(
      fc.property(someFacts, someRule, (facts, rule) => {
        const decision = decide(facts, rule);
        if (decision.do !== 'settle' || !facts.theirs || facts.source.kind === 'folder') return;
        if (facts.theirs.tag !== facts.ours?.tag) expect(decision.grade).not.toBe('identical');
      }),
      { numRuns: 5_000 },
    );
  });

  it('says why whenever it fails an item', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const decision = decide(facts, 'keep-theirs');
        if (decision.do === 'settle' && decision.outcome === 'failed') expect(decision.code).toBeDefined();
      }),
    );
  });
});

function inWords(decision: ReturnType<typeof decide>): string {
  if (decision.do === 'copy-beside') return 'copy-beside';
  if (decision.do === 'copy') {
    const over = decision.replace && `over ${decision.replace.id} ${decision.replace.tag}`;
    return ['copy', over, decision.code].filter(Boolean).join(' ');
  }
  const { outcome, grade, code, remote } = decision;
  return [outcome, grade, code, remote && `of ${remote.id} ${remote.tag}`].filter(Boolean).join(' ');
}
