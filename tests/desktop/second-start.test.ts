import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { stage } from './stand-in/stage.ts';
import { startBuiltDesktop } from './stand-in/start.ts';

let folder: string;

beforeAll(() => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  folder = mkdtempSync(join(tmpdir(), 'convoy-desktop-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  stage.done.length = 0;
  stage.switches.clear();
});

describe('starts that come to nothing, on a stand-in for Electron', () => {
  test('S17: a second start ends at once and touches no data', async () => {
    stage.firstInstance = false;
    await startBuiltDesktop(folder, 'second');
    expect(stage.last('exit')).toEqual([0]);
    expect(stage.count('whenReady')).toBe(0);
    expect(stage.windows).toEqual([]);
  }, 120_000);

  test.each(['remote-debugging-port', 'remote-debugging-pipe'])(
    'S12: a packaged app that is started with --%s ends at once',
    async (name) => {
      stage.firstInstance = true;
      stage.switches.add(name);
      await startBuiltDesktop(folder, name);
      expect(stage.last('exit')).toEqual([2]);
      expect(stage.windows).toEqual([]);
    },
  );
});
