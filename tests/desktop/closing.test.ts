import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { generateShare } from '../../src-practice/share/share.ts';
import { type SpawnedTenant, spawnPracticeTenant } from '../../src-practice/tenant/spawn.ts';
import type { ConsoleContract } from '../../src-shared/contract/console.ts';
import { stage } from './stand-in/stage.ts';
import { startBuiltDesktop } from './stand-in/start.ts';

/** The buttons of the question at closing. */
const [BACKGROUND, STOP, CANCEL] = [0, 1, 2];

let folder: string;
let tenant: SpawnedTenant;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'convoy-closing-'));
  tenant = await spawnPracticeTenant();
  // So slow that the copying lasts for as long as the test may take.
  await tenant.control.setFaults({ latencyMs: { min: 1_000, max: 1_000 } });
  const share = join(folder, 'share');
  await generateShare({
    directory: share,
    seed: 'closing',
    files: 300,
    oddities: false,
    now: 1_700_000_000_000,
  });
  writeFileSync(join(folder, 'cloud.json'), JSON.stringify(tenant.cloud));
  writeFileSync(join(folder, 'app.pem'), (await tenant.control.certificate()).pem);
  Object.assign(process.env, {
    CONVOY_TENANT: tenant.tenantId,
    CONVOY_CLIENT_ID: tenant.apps.headless,
    CONVOY_CERTIFICATE: join(folder, 'app.pem'),
    CONVOY_CLOUD: join(folder, 'cloud.json'),
  });
  await startBuiltDesktop(join(folder, 'data'), 'closing');
  await vi.waitFor(() => expect(stage.windows).toHaveLength(1), { timeout: 20_000 });

  const client = consoleClient();
  const [library] = await tenant.control.drives();
  const made = await client.tasks.create({ source: share, destination: library?.webUrl ?? '' });
  if (!made.ok) throw new Error(made.problem.code);
  await client.tasks.order({ task: made.value.id, order: 'start' });
  await vi.waitFor(() => expect(stage.count('powerSaveBlocker.start')).toBe(1), { timeout: 20_000 });
}, 120_000);

afterAll(async () => {
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

function consoleClient(): ContractRouterClient<ConsoleContract> {
  const page = stage.windows[0]?.window.webContents;
  stage.ipcMain?.emit('convoy:port-wanted', { sender: page, senderFrame: page?.mainFrame });
  const port = stage.posted.at(-1)?.ports[0]?.port;
  if (!port) throw new Error('no port came');
  port.start();
  return createORPCClient(new RPCLink({ port }));
}

async function close(answer: number): Promise<void> {
  const asked = stage.count('showMessageBox');
  stage.answers.push(answer);
  stage.windows[0]?.window.emit('close', { preventDefault: () => undefined });
  await vi.waitFor(() => expect(stage.count('showMessageBox')).toBe(asked + 1));
}

describe('closing the window while files are copied, on a stand-in for Electron', () => {
  test('the machine is kept awake, its screen is not', () => {
    expect(stage.last('powerSaveBlocker.start')).toEqual(['prevent-app-suspension']);
  });

  test('cancel: everything stays as it is', async () => {
    await close(CANCEL);
    expect(stage.last('showMessageBox')).toMatchObject([{ message: 'Files are still being copied.' }]);
    expect(stage.count('hide') + stage.count('quit')).toBe(0);
  });

  test('in the background: the window goes, the tray comes, the work goes on; the tray brings the window back', async () => {
    await close(BACKGROUND);
    await vi.waitFor(() => expect(stage.count('tray')).toBe(1));
    expect(stage.count('hide')).toBe(1);
    expect((await consoleClient().tasks.list({ limit: 1 })).tasks[0]?.state).toBe('running');
    const shown = stage.count('show');
    stage.trayItems.find(({ label }) => label === 'Open Convoy')?.click();
    expect(stage.count('show')).toBe(shown + 1);
    expect(stage.count('tray.destroy')).toBe(1);
  });

  test('stop and quit: the machine comes to a safe point, lets the computer sleep again, and the app ends', async () => {
    await close(STOP);
    await vi.waitFor(() => expect(stage.count('ended')).toBe(1), { timeout: 20_000 });
    expect(stage.last('powerSaveBlocker.stop')).toEqual([7]);
  });
});
