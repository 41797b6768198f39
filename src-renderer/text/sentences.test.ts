import { describe, expect, it } from 'vitest';
import { emptyCounts } from '../../src-shared/model/counts.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { createFormat } from './format.ts';
import { type Situation, sentences } from './sentences.ts';

const now = new Date(2026, 10, 12, 14, 0).getTime();
const british = createFormat('en', 'en-GB');
const german = createFormat('de');
const say = (facts: Partial<Situation>) =>
  sentences(en(british), british, { ...copying, ...facts }, now)
    .join(' ')
    .replace(/\u00a0/g, ' ');

const copying: Situation = {
  state: 'running',
  readyTasks: 0,
  scanning: false,
  progress: 0.64,
  progressFell: null,
  counts: emptyCounts(),
  eta: { earliest: now + 5 * 60_000, latest: now + 12 * 60_000, atLeast: false, limitedBy: 'network' },
  limitedBy: 'network',
  budget: undefined,
  throttledUntil: null,
  dryRun: false,
  archived: 0,
  waitsFor: null,
};

describe('the state sentence', () => {
  it('says state, progress, time and limit', () => {
    expect(say({})).toBe('Copying. 64% done. Expected end: 14:05–14:12. Limited by: network.');
  });

  it('names the limit that decides about the end, and says no end while more is found', () => {
    const eta = { earliest: now + 10 * 60_000, latest: now + 60 * 60_000, atLeast: false };
    expect(say({ eta: { ...eta, limitedBy: 'long-units' } })).toContain(
      'Expected end: 14:10–15:00, limited by Microsoft’s daily budget.',
    );
    expect(say({ eta: { ...eta, atLeast: true, limitedBy: 'source' } })).toContain(
      'Expected end: not before 14:10.',
    );
    const situation: Situation = { ...copying, eta: { ...eta, limitedBy: 'one-file' } };
    expect(sentences(de(german), german, situation, now).join(' ')).toContain(
      ', begrenzt durch eine große Datei.',
    );
  });

  it('says how large a budget is, and that machines share it', () => {
    const of = (machines: number): Partial<Situation> => ({
      limitedBy: 'budget',
      budget: { unitsAMinute: 1_250, machines },
    });
    expect(say(of(1))).toContain('Limited by: the budget of 1,250 RU a minute.');
    expect(say(of(4))).toContain('Limited by: the budget of 1,250 RU a minute that 4 machines share.');
    expect(say({ ...of(4), budget: undefined })).toContain('Limited by: the budget of requests.');
    const situation: Situation = { ...copying, ...of(4) };
    expect(sentences(de(german), german, situation, now).join(' ')).toContain(
      'das Kontingent von 1.250 RU je Minute, das sich 4 Computer teilen.',
    );
  });

  it('says why progress fell', () => {
    expect(say({ progressFell: 'more-found' })).toContain('64% done; it was more before: more was found.');
    const fell: Situation = { ...copying, progressFell: 'began-again' };
    expect(sentences(de(german), german, fell, now).join(' ')).toMatch(
      /64.% fertig; es war schon mehr: Uploads begannen von vorn\./,
    );
  });

  it('gives no percentage of a total that still grows', () => {
    const counts = { ...emptyCounts(), found: { files: 1_200, folders: 9, others: 0, bytes: 5_000_000 } };
    expect(say({ scanning: true, eta: null, counts })).toBe(
      'Scanning and copying. 1,200 files and 5 MB found so far. Limited by: network.',
    );
  });

  it('does not say that nothing was copied when all is put away', () => {
    expect(say({ state: 'empty', archived: 2 })).toBe('All tasks are in the archive.');
    expect(say({ state: 'empty' })).toBe('Nothing has been copied yet.');
  });

  it('says what a task waits for, with hidden characters of a name made visible', () => {
    const waitsFor = { code: 'waiting-for-slot' as const, where: 'Sca\u202ens' };
    expect(say({ state: 'waiting', progress: null, waitsFor })).toMatch(
      /^Waiting\. This machine is busy with another task: Sca.*202E.*ns\.$/,
    );
    expect(sentences(de(german), german, { ...copying, state: 'waiting', waitsFor }, now).join(' ')).toMatch(
      /^Wartet\. Dieser Computer ist mit einer anderen Aufgabe beschäftigt: Sca/,
    );
  });

  it('counts the wait that the service asked for', () => {
    expect(say({ throttledUntil: now + 41_000 })).toContain('SharePoint asked to wait: 41 s left.');
    expect(say({ throttledUntil: now + 1_000, limitedBy: 'throttling' })).toContain(
      'Limited by: throttling.',
    );
  });

  it('does not go on about limits when nothing runs', () => {
    expect(say({ state: 'complete', progress: 1, eta: null })).toBe('Complete. Nothing is missing.');
    expect(say({ state: 'paused', eta: null })).toBe('Paused. 64% done.');
    expect(say({ state: 'empty', progress: null, eta: null })).toBe('Nothing has been copied yet.');
  });

  it('says that a rehearsal writes nothing', () => {
    expect(say({ dryRun: true, progress: null, eta: null, limitedBy: null })).toBe(
      'Rehearsing: everything is looked at. Nothing is written.',
    );
    const counts = emptyCounts();
    counts.byOutcome.planned = { files: 1_200, folders: 9, others: 0, bytes: 5_000_000 };
    expect(say({ dryRun: true, state: 'complete', progress: 1, eta: null, counts })).toBe(
      'Rehearsal complete. Nothing is written. 1,200 files, 5 MB, would be copied.',
    );
  });

  it('counts what needs a look', () => {
    const counts = emptyCounts();
    counts.byOutcome.failed = { files: 59, folders: 1, others: 0, bytes: 0 };
    expect(say({ state: 'complete-with-issues', progress: 1, eta: null, counts })).toBe(
      'Complete with issues. 60 items need a look.',
    );
  });

  it('is said in German', () => {
    expect(
      sentences(de(german), german, copying, now)
        .join(' ')
        .replace(/\u00a0/g, ' '),
    ).toBe('Kopiert. 64 % fertig. Ende voraussichtlich: 14:05–14:12 Uhr. Begrenzt durch: Netz.');
  });
});
