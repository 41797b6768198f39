import { expect, it } from 'vitest';
import { sleep } from '../basics/sleep.ts';
import { watch } from './watch.ts';

it('looks again at once when there is news, and else when its time is over', async () => {
  const waits: number[] = [];
  let news = new AbortController();
  const clock = {
    sleep: async (ms: number, signal: AbortSignal) => {
      waits.push(ms);
      // Only news and the end wake it here.
      await sleep(60_000, signal);
    },
  };
  const closing = new AbortController();
  let state = 'running';
  const seen = watch(
    () => state,
    clock,
    [closing.signal],
    () => news.signal,
  );
  expect((await seen.next()).value).toBe('running');
  const next = seen.next();
  state = 'complete';
  const told = news;
  news = new AbortController();
  told.abort();
  expect((await next).value).toBe('complete');
  expect(waits).toEqual([1_000]);
  const last = seen.next();
  closing.abort();
  expect((await last).done).toBe(true);
});
