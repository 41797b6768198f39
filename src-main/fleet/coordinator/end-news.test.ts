import { expect, it } from 'vitest';
import { EndNews } from './end-news.ts';

it('tells all who wait for the end of a run of their task, once, and nobody else', () => {
  const news = new EndNews();
  const [first, second, other] = [news.next('a'), news.next('a'), news.next('b')];
  news.tell('a');
  expect([first.aborted, second.aborted, other.aborted]).toEqual([true, true, false]);
  expect(news.next('a').aborted, 'the next run has not ended').toBe(false);
  news.tell('nobody waits for this one');
});
