import { expect, test } from 'vitest';
import { FilesInFlight } from './files-in-flight.ts';

test('the file that takes longest at its own speed is known after ten seconds', () => {
  const files = new FilesInFlight();
  files.note([{ path: 'a', sent: 0, size: 1_000 }], 0);
  expect(files.slowest(5_000)).toBeUndefined();
  files.note(
    [
      { path: 'a', sent: 100, size: 1_000 },
      { path: 'b', sent: 0, size: 50 },
    ],
    10_000,
  );
  expect(files.slowest(10_000)).toEqual({ bytesLeft: 900, bytesPerSecond: 10 });
});

test('an upload that began again, or that moves no more than it did at first sight, has no speed yet', () => {
  const files = new FilesInFlight();
  files.note([{ path: 'a', sent: 500, size: 1_000 }], 0);
  files.note([{ path: 'a', sent: 500, size: 1_000 }], 20_000);
  expect(files.slowest(20_000)).toBeUndefined();
  files.note([{ path: 'a', sent: 100, size: 1_000 }], 21_000);
  files.note([{ path: 'a', sent: 200, size: 1_000 }], 22_000);
  expect(files.slowest(22_000)).toBeUndefined();
  files.note([], 40_000);
  expect(files.slowest(40_000)).toBeUndefined();
});
