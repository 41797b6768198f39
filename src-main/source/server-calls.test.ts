import { describe, expect, it } from 'vitest';
import { behindServer, Gate, gatedListing, serverOf } from './server-calls.ts';
import { openSyntheticSource } from './synthetic/synthetic-source.ts';

describe('the server in a path', () => {
  it.each([
    ['\\\\FS01\\share\\folder', 'fs01'],
    ['//fs01.corp.example/share', 'fs01.corp.example'],
    ['\\\\?\\UNC\\fs01\\share', 'fs01'],
    ['\\\\?\\C:\\folder', undefined],
    ['\\\\.\\C:\\folder', undefined],
    ['C:\\folder', undefined],
    ['/mnt/share', undefined],
  ])('%s -> %s', (path, server) => {
    expect(serverOf(path)).toBe(server);
  });
});

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the cap of a server', () => {
  it('holds for all sources on it together, and everything is listed', async () => {
    const gate = new Gate(3);
    const options = { seed: 1, files: 100, folders: 10, line: { latencyMs: 1 } };
    const source = openSyntheticSource(options, turn);
    const both = [gatedListing(source, gate), gatedListing(source, gate)];
    const listed = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        let entries = 0;
        for await (const batch of both[i % 2]?.list('') ?? []) entries += batch.ok ? batch.value.length : 0;
        return entries;
      }),
    );
    expect(new Set(listed).size).toBe(1);
    expect(listed[0]).toBeGreaterThan(8);
    expect(source.line.mostInFlight).toBe(3);
  });

  it('gives the place on when a listing is left in the middle, or a call fails', async () => {
    const gate = new Gate(1);
    const source = gatedListing(openSyntheticSource({ seed: 1, files: 5_000, folders: 0 }), gate);
    for await (const batch of source.list('')) {
      expect(batch.ok).toBe(true);
      break;
    }
    await expect(gate.during(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await gate.during(async () => 'free')).toBe('free');
  });

  it('does not touch what is on this machine', () => {
    const source = openSyntheticSource({ seed: 1, files: 1, folders: 0 });
    expect(behindServer(source)).toBe(source);
  });
});
