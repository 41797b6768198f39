import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { publicClouds } from '../../src-shared/model/cloud.ts';
import { createMachine, type Machine } from '../machine.ts';
import { callFolderDoor, type FolderDoor, openFolderDoor } from './folder-door.ts';

const doorSchema = z.object({ port: z.number(), key: z.string() });

let folder: string;
let machine: Machine;
let door: FolderDoor | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-door-'));
  const made = await createMachine({
    ...{ dataFolder: folder, cloud: publicClouds.global, signIn: undefined },
    ...{ now: Date.now, random: Math.random, version: '1.2.3', machineName: 'PC-7' },
    onBug: (error) => {
      throw error;
    },
  });
  if (!made.ok) throw new Error(made.problem.code);
  machine = made.value;
  door = await openFolderDoor(folder, machine.console);
});
afterEach(async () => {
  await door?.close();
  await machine.close();
  await rm(folder, { recursive: true });
});

const inFile = async () => doorSchema.parse(JSON.parse(await readFile(join(folder, 'door.json'), 'utf8')));

/** The status of the answer to a WebSocket that is asked for with these headers. */
async function statusOf(headers: Record<string, string>): Promise<number> {
  const { port } = await inFile();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/door`, { headers });
  socket.on('error', () => undefined);
  const answer = await new Promise<number>((resolve) => {
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.once('open', () => resolve(101));
  });
  socket.terminate();
  return answer;
}

describe('the door of a data folder', () => {
  it('leads to the process that is at work, and is gone with it', async () => {
    const called = await callFolderDoor(folder);
    expect(await called?.client.machine.about()).toMatchObject({ machine: 'PC-7', version: '1.2.3' });
    expect(await called?.client.fleet.state()).toMatchObject({ role: 'alone' });
    expect(called?.ended()).toBe(false);
    await door?.close();
    door = undefined;
    await expect(called?.client.machine.about()).rejects.toThrow();
    expect(called?.ended()).toBe(true);
    expect(await callFolderDoor(folder)).toBeUndefined();
  });

  it('is known to its owner only, and says its key to nobody', async () => {
    if (process.platform !== 'win32')
      expect((await stat(join(folder, 'door.json'))).mode & 0o777).toBe(0o600);
    const { key } = await inFile();
    for (const headers of [
      {},
      { 'x-convoy-challenge': 'abc' },
      { 'x-convoy-challenge': 'abc', 'x-convoy-proof': key },
      { 'x-convoy-challenge': 'abc', 'x-convoy-proof': 'A'.repeat(43) },
    ])
      expect(await statusOf(headers)).toBe(403);
  });

  it('is not believed where another program has taken the port of a process that was killed', async () => {
    let heard = '';
    const impostor = createServer();
    impostor.on('upgrade', (request, socket) => {
      heard = JSON.stringify(request.headers);
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    });
    impostor.listen(0, '127.0.0.1');
    await once(impostor, 'listening');
    const { port } = z.object({ port: z.number() }).parse(impostor.address());
    const { key } = await inFile();
    await writeFile(join(folder, 'door.json'), JSON.stringify({ port, key }));
    expect(await callFolderDoor(folder)).toBeUndefined();
    expect(heard).toContain('x-convoy-challenge');
    expect(heard).not.toContain(key);
    impostor.close();
  });

  it.each(['', '{', '{"port":0}', '[]'])('a file that holds %j leads nowhere', async (text) => {
    await writeFile(join(folder, 'door.json'), text);
    expect(await callFolderDoor(folder)).toBeUndefined();
  });
});
