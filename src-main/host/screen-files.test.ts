import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScreenFiles, type ScreenFiles } from './screen-files.ts';

let folder: string;
let screen: ScreenFiles;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'convoy-screen-'));
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'secret.json'), '"secret"');
  writeFileSync(join(folder, 'renderer/index.html'), '<script nonce="__CSP_NONCE__" src="/a.js"></script>');
  writeFileSync(join(folder, 'renderer/notes.exe'), 'program');
  writeFileSync(join(folder, 'renderer/assets/index-1a2b.js'), 'export {};');
  let nonces = 0;
  screen = openScreenFiles(join(folder, 'renderer'), () => `nonce${++nonces}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the page carries a fresh nonce in its text and in its policy', async () => {
  const page = await screen.answer('/');
  expect(page.status).toBe(200);
  const nonce = /nonce="(nonce\d+)"/.exec(String(page.body))?.[1];
  expect(page.headers['Content-Security-Policy']).toContain(`'nonce-${nonce}'`);
  expect(String((await screen.answer('/')).body)).not.toContain(`"${nonce}"`);
});

test('the policy allows nothing by default, no inline script and no evaluation', async () => {
  const policy = (await screen.answer('/index.html')).headers['Content-Security-Policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
});

test('files have fixed types and may not be taken for others', async () => {
  const script = await screen.answer('/assets/index-1a2b.js');
  expect(script.headers['Content-Type']).toBe('text/javascript; charset=utf-8');
  expect(script.headers['X-Content-Type-Options']).toBe('nosniff');
  expect(script.headers['Cache-Control']).toContain('immutable');
  expect((await screen.answer('/')).headers['Cache-Control']).toBe('no-store');
});

test.each([
  '/../secret.txt',
  '/../secret.json',
  '/assets/../../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/..\\secret.json',
  '/%5c..%5csecret.json',
  '//server/share/secret.json',
  '\\\\server\\share\\secret.json',
  '/C:/Windows/win.ini',
  '/index.html\0.js',
  '/index.html%00',
  '/./index.html',
  '/assets',
  '/assets/',
  '/notes.exe',
  '/missing.js',
  '',
  '/__proto__',
  '/constructor',
])('%j is not served', async (path) => {
  const answer = await screen.answer(path);
  expect(answer.status).toBe(404);
  expect(String(answer.body)).not.toContain('secret');
});

test('a checkout without a built screen has none, and says so', async () => {
  const none = openScreenFiles(join(folder, 'nothing'), () => 'n');
  expect(none.present).toBe(false);
  expect((await none.answer('/')).status).toBe(404);
});
