import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('lets those go side by side that may, and each of the others alone, in the order in which they came', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ alone: fc.boolean(), steps: fc.nat(3), breaks: fc.boolean() }), { maxLength: 30 }),
      async (jobs) => {
        const turns = createTurns();
        const atWork = new Set<number>();
        const begun: number[] = [];
        const all = jobs.map(({ alone, steps, breaks }, no) => {
          const job = async (): Promise<number> => {
            begun.push(no);
            atWork.add(no);
            for (const other of atWork) if (other !== no) expect(alone || jobs[other]?.alone).toBe(false);
            for (let step = 0; step < steps; step += 1) await pause();
            atWork.delete(no);
            if (breaks) throw new Error(`job ${no} broke`);
            return no;
          };
          return alone ? turns.alone(job) : turns.together(job);
        });
        const ends = await Promise.allSettled(all);
        expect(ends.map(({ status }) => status)).toEqual(
          jobs.map(({ breaks }) => (breaks ? 'rejected' : 'fulfilled')),
        );
        expect(begun).toEqual(jobs.map((_, no) => no));
      },
    ),
  );
});

it('begins those that may go side by side at once', async () => {
  const turns = createTurns();
  const both = Promise.withResolvers<void>();
  let here = 0;
  const meet = async (): Promise<void> => {
    here += 1;
    if (here === 2) both.resolve();
    await both.promise;
  };
  await Promise.all([turns.together(meet), turns.together(meet)]);
  expect(here).toBe(2);
});
