import { expect, it } from 'vitest';
import { Conversation } from './conversation.ts';

it('is heard in order, ends once, and is over for whoever waits and whoever comes too late', async () => {
  const said: string[] = [];
  const talk = new Conversation<string, number>((word) => said.push(word));
  talk.say('first');
  talk.hear(1);
  talk.hear(2);
  expect([await talk.next(1_000), await talk.next(1_000)]).toEqual([1, 2]);
  expect(await talk.next(1), 'nothing was said for so long').toBeUndefined();
  const waiting = talk.next(60_000);
  talk.end();
  expect(await waiting).toBeUndefined();
  talk.hear(3);
  talk.say('last');
  expect(await talk.next(1_000)).toBeUndefined();
  expect([said, talk.over]).toEqual([['first'], true]);
});

it('is over when somebody talks on without being answered', async () => {
  const talk = new Conversation<string, number>(() => undefined);
  for (let n = 0; n < 10; n += 1) talk.hear(n);
  expect(talk.over).toBe(true);
  expect(await talk.next(1_000)).toBeUndefined();
});
