import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counts, emptyCounts, noTally } from '../../../src-shared/model/counts.ts';
import { noLive } from '../../../src-shared/model/live.ts';
import { bytesDoneOf, bytesInFlightOf, progressOf, restOf } from './progress.ts';

const counts = (found: Partial<Counts['found']>, copied: Partial<Counts['found']> = {}): Counts => ({
  ...emptyCounts(),
  found: { ...noTally, ...found },
  byOutcome: { ...emptyCounts().byOutcome, copied: { ...noTally, ...copied } },
});

const sending = (...sent: number[]): number =>
  bytesInFlightOf({
    ...noLive('copying'),
    inFlight: sent.map((bytes) => ({ path: 'x', sent: bytes, size: 100 })),
  });

describe('progress', () => {
  it.each([
    ['nothing was found', counts({}), 0, null],
    ['files and bytes weigh the same', counts({ files: 10, bytes: 1_000 }, { files: 10, bytes: 0 }), 0, 0.5],
    ['one huge file is half sent', counts({ files: 2, bytes: 1_000 }, { files: 1, bytes: 0 }), 500, 0.5],
    ['all files are empty', counts({ files: 4 }, { files: 1 }), 0, 0.25],
    ['there are only folders', counts({ folders: 4 }, { folders: 3 }), 0, 0.75],
    ['all is done', counts({ files: 2, bytes: 9 }, { files: 2, bytes: 9 }), 9, 1],
  ])('when %s', (_, given, bytesDone, progress) => {
    expect(progressOf(given, bytesDone)).toBe(progress);
  });

  it('counts what is in flight, up to the size of each file and of all', () => {
    const given = counts({ files: 3, bytes: 250 }, { files: 1, bytes: 50 });
    expect(bytesDoneOf(0, given, 0)).toBe(50);
    expect(bytesDoneOf(0, given, sending(30, 20))).toBe(100);
    expect(bytesDoneOf(0, given, sending(900, 900))).toBe(250);
  });

  it('never falls while nothing more is found, whatever uploads start again', () => {
    const step = fc.record({ settle: fc.boolean(), sent: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let files = 0;
        let bytesDone = 0;
        let before = 0;
        for (const { settle, sent } of steps) {
          if (settle && files < 30) files += 1;
          const given = counts({ files: 30, bytes: 3_000 }, { files, bytes: files * 100 });
          bytesDone = bytesDoneOf(bytesDone, given, sending(sent));
          const progress = progressOf(given, bytesDone) ?? 0;
          expect(progress).toBeGreaterThanOrEqual(before);
          expect(progress).toBeLessThanOrEqual(1);
          before = progress;
        }
      }),
    );
  });

  it('leaves what is not done', () => {
    expect(restOf(counts({ files: 5, folders: 2, bytes: 70 }, { files: 4, bytes: 50 }), 60)).toEqual({
      files: 3,
      bytes: 10,
    });
  });
});
