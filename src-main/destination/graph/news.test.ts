import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { News } from './news.ts';

it('are fresh once everything that had arrived has been read', async () => {
  let now = 1_000_000;
  const news = new News(() => now);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const sender = connect(address.port, '127.0.0.1');
  const [[receiver]] = await Promise.all([once(server, 'connection'), once(sender, 'connect')]);
  try {
    let received = '';
    receiver.on('data', (bytes: Buffer) => {
      received += bytes.toString();
    });
    await news.read();
    expect(news.read()).toBeUndefined();
    // It goes to the operating system at once, and is read in a later turn of the event loop.
    sender.write('refused');
    now += 1_000;
    expect([news.fresh, received]).toEqual([false, '']);
    await news.read();
    expect([news.fresh, received]).toEqual([true, 'refused']);
  } finally {
    sender.destroy();
    receiver.destroy();
    server.close();
  }
});

it('are not waited for without end where everything is slow', async () => {
  let now = 1_000_000;
  const news = new News(() => {
    now += 100;
    return now;
  });
  await news.read();
  expect(news.fresh).toBe(true);
});
