import { readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBundle } from '../../build/bundles.ts';
import { findChromium, noChromium } from '../../build/chromium.ts';
import { project } from '../../build/project.ts';

const path = findChromium(process.env);
let browser: Browser | undefined;
let preload: string;

beforeAll(async () => {
  const problem = await ensureBundle('preload');
  if (problem !== undefined) throw new Error(problem);
  preload = readFileSync(project('out/preload/preload.cjs'), 'utf8');
  if (path) browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}, 60_000);
afterAll(() => browser?.close());

/**
 * What stands in for Electron in the page: `ipcRenderer.send` makes a channel, keeps one end, and gives the other to the
 * preload as Electron would. The kept end answers every message with its length.
 */
const STAND_IN = `
  globalThis.sent = [];
  const listeners = {};
  globalThis.require = (name) => {
    if (name !== 'electron') throw new Error(name);
    return { ipcRenderer: {
      on: (channel, listener) => { listeners[channel] = listener; },
      send: (...given) => {
        sent.push(given);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => port1.postMessage(data.length);
        listeners['convoy:port']({ ports: [port2] });
      },
    } };
  };`;

/** The page's side, as src-renderer/state/door.ts does it. */
const PAGE = `new Promise((resolve) => {
  addEventListener('message', (event) => {
    if (event.source !== window || event.data !== 'convoy:port') return;
    const [port] = event.ports;
    port.onmessage = ({ data }) => resolve({ answer: data, ports: event.ports.length, sent });
    port.postMessage('hello');
  });
  postMessage({ type: 'convoy:port-wanted' }, location.origin);
  postMessage('convoy:something-else', location.origin);
  postMessage('convoy:port-wanted', location.origin);
})`;

describe('the built preload in Chromium, on a stand-in for ipcRenderer', () => {
  test('a page that asks gets one port; other messages go nowhere, and nothing is exposed to the page', async (context) => {
    if (!browser) return context.skip(noChromium);
    const page = await browser.newPage();
    await page.route('http://screen.test/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>x</p>' }),
    );
    await page.goto('http://screen.test/');
    const before = await page.evaluate('Object.keys(globalThis).length');
    await page.evaluate(`${STAND_IN} (function () { ${preload} })()`);
    expect(await page.evaluate(PAGE)).toEqual({ answer: 5, ports: 1, sent: [['convoy:port-wanted']] });
    // The stand-in itself adds two names; the preload adds none.
    expect(await page.evaluate('Object.keys(globalThis).length')).toBe(Number(before) + 2);
  });
});
