import { describe, expect, it } from 'vitest';
import { type EventFacts, eventFactsSchema } from '../../src-shared/contract/event-facts.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { createFormat } from './format.ts';

const name = 'Scans';
const machine = 'PC-7';
const end = {
  kind: 'run-ended',
  name,
  run: 2,
  dryRun: false,
  copied: 1_200,
  present: 1,
  planned: 0,
  failed: 0,
} as const;
const verified = {
  kind: 'task-verified',
  name,
  run: 2,
  deep: false,
  looked: 1_200,
  changed: 0,
  differs: 0,
  missing: 0,
  moved: 0,
} as const;
const facts: readonly EventFacts[] = [
  { kind: 'task-created', name, source: '/a', destination: 'https://x' },
  { kind: 'task-archived', name },
  { kind: 'task-restored', name },
  { kind: 'filters-changed', name },
  { kind: 'gentle-changed', name },
  { kind: 'rules-changed', name },
  { kind: 'run-started', name, run: 0 },
  ...(['pause', 'resume', 'finish', 'stop'] as const).map(
    (order) => ({ kind: 'run-ordered', name, order }) as const,
  ),
  { kind: 'run-paused', name },
  { kind: 'source-away', name },
  { kind: 'source-back', name, forMs: 90_000 },
  { ...end, state: 'complete' },
  { ...end, state: 'complete', dryRun: true, copied: 0, present: 0, planned: 1 },
  { ...end, state: 'complete-with-issues', failed: 3 },
  { ...end, state: 'stopped' },
  { ...end, state: 'failed' },
  { ...verified, deep: true },
  { ...verified, changed: 1, differs: 2, missing: 3, moved: 4 },
  ...['', 'Finance/2024'].map(
    (path) => ({ kind: 'unit-taken-over', name, path, from: 'PC-8', to: machine }) as const,
  ),
  { kind: 'unit-failed', name, path: 'Finance', machine },
  { kind: 'machine-joined', machine },
  { kind: 'agent-restarted', machine },
  { kind: 'promoted', port: 7443 },
  { kind: 'demoted' },
  ...[true, false].map(
    (accepts) => ({ kind: 'machine-invited', until: 1_700_000_000_000, accepts }) as const,
  ),
  ...[true, false].map((accepted) => ({ kind: 'machine-paired', machine, accepted }) as const),
  { kind: 'machine-accepted', machine },
  { kind: 'machine-revoked', machine },
  { kind: 'machine-left', machine },
  { kind: 'machine-rekeyed', machine },
  ...(['crowd', 'slow', 'tls', 'http', 'origin', 'size', 'form', 'proof'] as const).map(
    (why) => ({ kind: 'stranger-refused', address: '10.0.0.9', why, times: 3 }) as const,
  ),
  { kind: 'stranger-refused', address: '10.0.0.9', why: 'form', times: 1 },
  { kind: 'fleet-joined', coordinator: machine },
  { kind: 'fleet-left', coordinator: machine },
  { kind: 'fleet-moved', to: machine },
  { kind: 'fleet-taken-over', from: machine },
  { kind: 'backup-failed' },
];
const english = en(createFormat('en', 'en-GB')).event;
const german = de(createFormat('de')).event;

describe('what happened', () => {
  it('is a sentence of its own for each fact, in both languages, with the names in it', () => {
    const kinds = new Set(facts.map(({ kind }) => kind));
    expect(new Set(eventFactsSchema.options.map(({ shape }) => shape.kind.value))).toEqual(
      new Set([...kinds, 'told']),
    );
    for (const say of [english, german]) {
      const said = facts.map(say);
      expect(new Set(said).size).toBe(facts.length);
      for (const [index, fact] of facts.entries()) {
        if ('name' in fact) expect(said[index]).toContain(name);
        if ('machine' in fact) expect(said[index]).toContain(machine);
      }
    }
    const same = facts.filter((fact) => english(fact) === german(fact));
    expect(same, 'said in English to Germans').toEqual([]);
  });

  it('counts what came of a run', () => {
    expect(english({ ...end, state: 'complete' })).toBe(
      'Run 2 of Scans is complete: 1,200 files copied, 1 already there',
    );
    expect(german({ ...end, state: 'complete-with-issues', failed: 3 })).toBe(
      'Lauf 2 von Scans ist fertig mit Problemen: 1.200 Dateien kopiert, 1 schon da, 3 Elemente fehlgeschlagen',
    );
    // Failed are folders as well; the files alone would not be the number that the overview tells.
    expect(english({ ...end, state: 'complete-with-issues', failed: 1 })).toBe(
      'Run 2 of Scans is complete with issues: 1,200 files copied, 1 already there, 1 item failed',
    );
    expect(english({ ...end, state: 'complete', dryRun: true, planned: 1 })).toBe(
      'Run 2 of Scans is complete: 1 file looked at, nothing written',
    );
  });

  it('stays as it was told by versions that kept sentences', () => {
    expect(german({ kind: 'told', text: 'PC-7 is here' })).toBe('PC-7 is here');
  });
});
