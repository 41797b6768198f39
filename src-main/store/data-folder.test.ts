import { spawn } from 'node:child_process';
import { createSecretKey } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import { keyFile } from './key-file.ts';
import { seal, unseal } from './secrets.ts';
import { need, testFolder } from './test-folder.ts';

describe('the data folder', () => {
  it('is made with all that is in it, for its owner only', async () => {
    const path = join(testFolder(), 'data');
    const folder = need(await openDataFolder(path));
    for (const name of ['runs', 'work', 'keys']) expect(existsSync(join(path, name))).toBe(true);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(folder.journalFile('task-1')).toBe(join(path, 'work', 'task-1.db'));
    expect(() => folder.runFile('../fleet')).toThrow();
    folder.release();
  });

  it('is for one Convoy at a time, also within a process', async () => {
    const path = testFolder();
    const first = need(await openDataFolder(path));
    expect(await openDataFolder(path)).toMatchObject({
      ok: false,
      problem: { code: 'store-in-use', where: path },
    });
    first.release();
    need(await openDataFolder(path)).release();
  });

  it('is free again when the one that had it was killed', async () => {
    const path = testFolder();
    const module = new URL('./data-folder.ts', import.meta.url).href;
    const script = `import { openDataFolder } from '${module}';
      const opened = await openDataFolder(process.argv[1]);
      console.log(opened.ok ? 'mine' : opened.problem.code);
      setInterval(() => undefined, 1_000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line]: unknown[] = await once(child.stdout, 'data');
    expect(String(line).trim()).toBe('mine');
    expect(await openDataFolder(path)).toMatchObject({ ok: false, problem: { code: 'store-in-use' } });
    child.kill('SIGKILL');
    await once(child, 'close');
    need(await openDataFolder(path)).release();
  });

  it('says store-unusable where there can be none', async () => {
    const file = join(testFolder(), 'file');
    writeFileSync(file, '');
    expect(await openDataFolder(file)).toMatchObject({
      ok: false,
      problem: { code: 'store-unusable', where: file },
    });
    const holed = testFolder();
    writeFileSync(join(holed, 'runs'), '');
    expect(await openDataFolder(holed)).toMatchObject({ ok: false, problem: { code: 'store-unusable' } });
  });

  it.skipIf(process.platform !== 'linux')(
    'says so at once where the system makes no folders [Linux]',
    async () => {
      expect(await openDataFolder('/proc/1/x/y')).toMatchObject({
        ok: false,
        problem: { code: 'store-unusable', where: '/proc/1/x/y', detail: expect.stringContaining('ENOENT') },
      });
    },
  );
});

describe('secrets', () => {
  it('come back with the key they were sealed with, for what they were sealed for, and in no other way', async () => {
    const path = join(testFolder(), 'keys', 'seal.key');
    const keyIn = async (file: string) => createSecretKey(need(await keyFile(file).key()));
    const key = await keyIn(path);
    const sealed = seal(key, 'https://upload.example/ü?token=1', 'upload 7');
    expect(Buffer.from(sealed).includes('upload.example')).toBe(false);
    const again = await keyIn(path);
    expect(unseal(again, sealed, 'upload 7')).toBe('https://upload.example/ü?token=1');
    expect(unseal(again, sealed, 'upload 8')).toBeUndefined();
    const other = await keyIn(join(testFolder(), 'key'));
    expect(unseal(other, sealed, 'upload 7')).toBeUndefined();
    expect(unseal(key, sealed.subarray(0, 20), 'upload 7')).toBeUndefined();
  });

  it('have one key however many ask for the first time at once, in a file for its owner only', async () => {
    const path = join(testFolder(), 'keys', 'seal.key');
    const keys = await Promise.all(Array.from({ length: 8 }, () => keyFile(path).key()));
    const hex = new Set(keys.map((key) => Buffer.from(need(key)).toString('hex')));
    expect(hex.size).toBe(1);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('are wrapped where the operating system can, and a key that is none is refused', async () => {
    const path = join(testFolder(), 'seal.key');
    const flip = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
    const key = need(await keyFile(path, { wrap: flip, unwrap: flip }).key());
    expect(flip(readFileSync(path))).toEqual(Buffer.from(key));
    writeFileSync(path, 'short');
    expect(await keyFile(path).key()).toMatchObject({
      ok: false,
      problem: { code: 'store-unusable', where: path },
    });
    const folder = join(testFolder(), 'folder');
    mkdirSync(folder);
    expect(await keyFile(folder).key()).toMatchObject({ ok: false, problem: { code: 'store-unusable' } });
  });
});
