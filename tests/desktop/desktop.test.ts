import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { filesBelow } from '../../build/fingerprint.ts';
import { project } from '../../build/project.ts';
import { callFolderDoor } from '../../src-main/host/folder-door.ts';
import type { ConsoleContract } from '../../src-shared/contract/console.ts';
import { MOST_MESSAGE_BYTES } from '../../src-shared/contract/message-limits.ts';
import { stage } from './stand-in/stage.ts';
import { startBuiltDesktop } from './stand-in/start.ts';

let folder: string;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  folder = mkdtempSync(join(tmpdir(), 'convoy-desktop-'));
  await startBuiltDesktop(join(folder, 'data'), 'first');
  await vi.waitFor(() => expect(stage.windows).toHaveLength(1), { timeout: 20_000 });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = () => {
  const first = stage.windows[0];
  if (!first) throw new Error('there is no window');
  return first.window.webContents;
};
const window = () => {
  const first = stage.windows[0];
  if (!first) throw new Error('there is no window');
  return first.window;
};

function handler(name: string): (...given: unknown[]) => unknown {
  const found = stage.handlers.get(name);
  if (!found) throw new Error(`nobody handles ${name}`);
  return (...given) => Reflect.apply(found, undefined, given);
}

/** Emits an event of Electron and says whether it was prevented. */
function prevented(
  emitter: { emit(name: string, ...given: unknown[]): boolean },
  name: string,
  url?: string,
): boolean {
  let stopped = false;
  emitter.emit(name, { url, preventDefault: () => (stopped = true) });
  return stopped;
}

describe('the built desktop app, on a stand-in for Electron', () => {
  test('S1: the sandbox is on before anything is ready, and the window has the rights of a web page', () => {
    const order = stage.done.map(([what]) => what);
    expect(order.indexOf('enableSandbox')).toBeLessThan(order.indexOf('whenReady'));
    expect(order.indexOf('registerSchemesAsPrivileged')).toBeLessThan(order.indexOf('whenReady'));
    expect(stage.windows[0]?.options['webPreferences']).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      devTools: false,
      preload: expect.stringMatching(/preload\.cjs$/),
    });
  });

  test('S1, S5, S6: windows are made in one place, links leave in one place, and no path is ever opened', () => {
    const sources = filesBelow(project('src-main'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(file, 'utf8'));
    const having = (what: RegExp) => sources.filter((text) => what.test(text)).length;
    expect(having(/new BrowserWindow\(/)).toBe(1);
    expect(having(/shell\.openExternal\(/)).toBe(1);
    expect(having(/\b(openPath|showItemInFolder|WebContentsView|BrowserView|loadFile)\b/)).toBe(0);
  });

  test('S2: the screen comes from its own scheme', async () => {
    expect(stage.last('loadURL')).toEqual(['app://convoy/']);
    const answer = await ask('app://convoy/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain('<title>Convoy</title>');
  });

  test.each([
    'app://convoy/../main/desktop.js',
    'app://convoy/%2e%2e/main/desktop.js',
    'app://convoy/..%2fmain%2fdesktop.js',
    'app://convoy/..%5cmain%5cdesktop.js',
    'app://convoy//server/share/x.js',
    'app://convoy/%5c%5cserver%5cshare%5cx.js',
    'app://convoy/index.html%00.js',
    'app://convoy/C:/Windows/win.ini',
    'app://convoy/assets/',
    'app://other/index.html',
    'app://user@convoy/index.html',
    'app://convoy:8080/index.html',
  ])('S2: %s leads nowhere', async (url) => {
    expect((await ask(url)).status).toBe(404);
  });

  test('S2: only GET is answered', async () => {
    expect((await ask('app://convoy/', 'POST')).status).toBe(404);
  });

  test('S3: the page has its policy as a header, with the nonce that is in its text', async () => {
    const answer = await ask('app://convoy/index.html');
    const policy = answer.headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'none'", "script-src 'self';", "object-src 'none'", "base-uri 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    const text = await answer.text();
    expect(text).toContain(nonce);
    expect(text).not.toContain('__CSP_NONCE__');
  });

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('S4: %s stays at home', (event) => {
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'app://other/',
      'javascript:1',
      'app://convoy.evil/',
    ]) {
      expect(prevented(page(), event, url)).toBe(true);
    }
    expect(prevented(page(), event, 'app://convoy/index.html#/tasks')).toBe(false);
  });

  test('S4: no window is opened and no page embedded', () => {
    expect(page().windowOpenHandler?.({ url: 'app://convoy/' })).toEqual({ action: 'deny' });
    expect(prevented(page(), 'will-attach-webview')).toBe(true);
  });

  test('S5: a link to the tenant goes to the browser, one to elsewhere after a question, others nowhere', async () => {
    page().windowOpenHandler?.({ url: 'https://contoso.sharepoint.com/sites/x' });
    await vi.waitFor(() =>
      expect(stage.last('openExternal')).toEqual(['https://contoso.sharepoint.com/sites/x']),
    );
    stage.answers.push(1);
    page().windowOpenHandler?.({ url: 'https://evil.example/' });
    page().windowOpenHandler?.({ url: 'file:///C:/Windows/System32/calc.exe' });
    await vi.waitFor(() =>
      expect(stage.last('showMessageBox')).toMatchObject([{ message: 'Open evil.example?' }]),
    );
    expect(stage.count('openExternal')).toBe(1);
  });

  test('S7: the page gets one port, and speaks the contract over it', async () => {
    const client = consoleOver(openDoor());
    expect(await client.machine.about()).toMatchObject({ practice: false, signIn: { state: 'none' } });
    await expect(client.tasks.get({ task: '../../etc' })).rejects.toThrow();
  });

  test('S7: who is not the main frame of our window at our address is not answered', () => {
    const before = stage.posted.length;
    const ours = page();
    const strangers = [
      { sender: ours, senderFrame: null },
      { sender: ours, senderFrame: { url: 'app://convoy/' } },
      { sender: { mainFrame: ours.mainFrame }, senderFrame: ours.mainFrame },
    ];
    for (const event of strangers) stage.ipcMain?.emit('convoy:port-wanted', event);
    stage.ipcMain?.emit('convoy:port-wanted', { sender: ours, senderFrame: ours.mainFrame }, 'something');
    ours.mainFrame.url = 'https://evil.example/';
    stage.ipcMain?.emit('convoy:port-wanted', { sender: ours, senderFrame: ours.mainFrame });
    ours.mainFrame.url = 'app://convoy/';
    expect(stage.posted).toHaveLength(before);
    expect(stage.ipcMain?.eventNames()).toEqual(['convoy:port-wanted']);
  });

  test.each([
    ['a message that no screen sends is too long', 'x'.repeat(MOST_MESSAGE_BYTES + 1)],
    ['an object instead of text', { id: 1 }],
    ['a number', 5],
  ])('S7: %s: the door is closed', async (_what, message) => {
    const port = openDoor();
    const closed = new Promise((resolve) => port.once('close', resolve));
    port.postMessage(message);
    await closed;
  });

  test('S8: no permission, no device, no download; copying text is allowed', () => {
    const asked: boolean[] = [];
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'hid',
    ]) {
      handler('permission-request')({}, permission, (granted: boolean) => asked.push(granted));
      expect(handler('permission-check')({}, permission)).toBe(false);
    }
    expect(new Set(asked)).toEqual(new Set([false]));
    expect(handler('permission-check')({}, 'clipboard-sanitized-write')).toBe(true);
    expect(handler('device-permission')({})).toBe(false);
    expect(prevented(stage.session ?? page(), 'will-download')).toBe(true);
  });

  test('S12: a packaged app has no menu with reload and developer tools', () => {
    expect(stage.last('setApplicationMenu')).toEqual([null]);
  });

  test('S17: a second start shows the first window, whatever it was told', () => {
    const shown = stage.count('show');
    stage.app?.emit('second-instance', {}, ['convoy.exe', '--evil', 'file:///x'], 'C:\\');
    expect(stage.count('show')).toBe(shown + 1);
    expect(stage.count('restore')).toBeGreaterThan(0);
    expect(stage.windows).toHaveLength(1);
    expect(stage.count('loadURL')).toBe(1);
  });

  test('commands with the same data folder speak to the window that is open', async () => {
    const called = await callFolderDoor(join(folder, 'data'));
    expect(await called?.client.fleet.state()).toMatchObject({ role: 'alone' });
    called?.close();
  });

  test('a crash of the page does not end the work: it is told, and the page comes back', async () => {
    stage.answers.push(0);
    page().emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    await vi.waitFor(() => expect(stage.count('reload')).toBe(1));
    expect(stage.last('showMessageBox')).toMatchObject([
      { detail: expect.stringContaining('Copying goes on') },
    ]);
    expect(await consoleOver(openDoor()).machine.about()).toMatchObject({ practice: false });
  });

  test('closing the window while nothing is copied keeps its place, closes the stores and ends the app', async () => {
    expect(prevented(window(), 'close')).toBe(true);
    await vi.waitFor(() => expect(stage.count('ended')).toBe(1), { timeout: 10_000 });
    const kept: unknown = JSON.parse(readFileSync(join(folder, 'data/window/window.json'), 'utf8'));
    expect(kept).toEqual({ bounds: { x: 10, y: 20, width: 1000, height: 700 }, maximized: false });
    expect(await callFolderDoor(join(folder, 'data')), 'nobody answers commands any more').toBeUndefined();
  });
});

async function ask(url: string, method = 'GET'): Promise<Response> {
  const answer = await handler('protocol:app')({ url, method });
  if (!(answer instanceof Response)) throw new Error('no answer');
  return answer;
}

/** Asks for a port as the preload does, and takes it. */
function openDoor() {
  stage.ipcMain?.emit('convoy:port-wanted', { sender: page(), senderFrame: page().mainFrame });
  const posted = stage.posted.at(-1);
  const port = posted?.ports[0]?.port;
  if (posted?.channel !== 'convoy:port' || !port) throw new Error('no port came');
  return port;
}

function consoleOver(port: ReturnType<typeof openDoor>): ContractRouterClient<ConsoleContract> {
  const client: ContractRouterClient<ConsoleContract> = createORPCClient(new RPCLink({ port }));
  port.start();
  return client;
}
