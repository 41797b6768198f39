import { expect, it } from 'vitest';
import { must } from '../conformance/destination-steps.ts';
import { LIBRARY, startGraphTest } from './graph-fixture.ts';

it('a clock that is set back by an hour holds up nothing', async () => {
  const test = await startGraphTest();
  try {
    let clock = Date.now();
    const waits: number[] = [];
    const destination = must(
      await test.open(LIBRARY, {
        now: () => clock,
        sleep: (ms) => {
          waits.push(ms);
          clock += ms;
          return Promise.resolve();
        },
      }),
    );
    must(await destination.find(destination.root.id, 'before'));
    clock -= 3_600_000;
    for (let ask = 0; ask < 200; ask += 1) must(await destination.find(destination.root.id, 'after'));
    expect(Math.max(0, ...waits)).toBeLessThan(60_000);
  } finally {
    await test.close();
  }
});
