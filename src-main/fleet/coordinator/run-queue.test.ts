import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newRunEntry } from './run-entry.ts';
import { compareTurns, RunQueue } from './run-queue.ts';

const entry = (id: string, startedAt: number) =>
  newRunEntry({ id, task: 't', number: 0, state: 'waiting', startedAt, endedAt: null, problem: null });

it('has runs in the order of their priority and age, however often they come, go and change', () => {
  const change = fc.record({
    run: fc.nat(9),
    priority: fc.option(fc.integer({ min: -1, max: 2 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 10, maxLength: 10 }), fc.array(change), (times, changes) => {
      const entries = times.map((startedAt, no) => entry(`run-${no}`, startedAt));
      const queue = new RunQueue();
      const expected = new Map<string, number>();
      for (const { run, priority } of changes) {
        const one = entries[run];
        if (one === undefined) continue;
        queue.set(one, priority);
        if (priority === undefined) expected.delete(one.run.id);
        else expected.set(one.run.id, priority);
      }
      const turns = entries
        .flatMap(({ run: { id, startedAt } }) => {
          const priority = expected.get(id);
          return priority === undefined ? [] : [{ id, startedAt, priority }];
        })
        .sort(compareTurns);
      expect([...queue].map(({ run }) => run.id)).toEqual(turns.map(({ id }) => id));
      expect(queue.size).toBe(expected.size);
    }),
  );
});
