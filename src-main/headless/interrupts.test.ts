import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { onInterrupt } from './interrupts.ts';

test('one press that arrives several times is one press', () => {
  const signals = new EventEmitter();
  const seen: number[] = [];
  let now = 0;
  const done = onInterrupt(
    signals,
    () => now,
    (times) => seen.push(times),
  );
  signals.emit('SIGINT');
  now += 5;
  signals.emit('SIGINT');
  now += 1000;
  signals.emit('SIGINT');
  signals.emit('SIGTERM');
  expect(seen).toEqual([1, 2]);
  done();
  now += 1000;
  signals.emit('SIGINT');
  expect(seen).toEqual([1, 2]);
});
