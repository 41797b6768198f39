import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AGE_BOUNDS, Bins, DEPTH_BOUNDS, PATH_BOUNDS, SIZE_BOUNDS } from './bins.ts';

it('puts a value between its bounds, the lower one included', () => {
  const bins = new Bins([0, 10, 100]);
  for (const value of [-5, 0, 9, 10, 99, 100, 1_000]) bins.add(value, 1);
  expect(bins.list()).toEqual([
    { from: 0, to: 10, files: 3, bytes: 3 },
    { from: 10, to: 100, files: 2, bytes: 2 },
    { from: 100, to: null, files: 2, bytes: 2 },
  ]);
});

it('loses and doubles nothing, whatever the values', () => {
  const bounds = [SIZE_BOUNDS, AGE_BOUNDS, DEPTH_BOUNDS, PATH_BOUNDS];
  fc.assert(
    fc.property(fc.constantFrom(...bounds), fc.array(fc.double({ noNaN: true })), (chosen, values) => {
      const bins = new Bins(chosen);
      for (const value of values) bins.add(value, 2);
      const list = bins.list();
      expect(list.reduce((sum, { files }) => sum + files, 0)).toBe(values.length);
      expect(list.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(2 * values.length);
      for (const value of values) {
        const alone = new Bins(chosen);
        alone.add(value, 0);
        const bin = alone.list().find(({ files }) => files === 1);
        expect(bin && (value >= bin.from || bin.from === chosen[0])).toBe(true);
        expect(bin && value < (bin.to ?? Number.POSITIVE_INFINITY)).toBe(
          value !== Number.POSITIVE_INFINITY || bin?.to !== null,
        );
      }
    }),
  );
});

it('has ascending bounds for every picture', () => {
  for (const bounds of [SIZE_BOUNDS, AGE_BOUNDS, DEPTH_BOUNDS, PATH_BOUNDS]) {
    expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
    expect(new Set(bounds).size).toBe(bounds.length);
  }
});
