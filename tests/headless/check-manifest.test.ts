import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';

describe('a report that is handed over', () => {
  let folder: string;
  let handed: string;
  let printed: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-handed-'));
    await mkdir(join(folder, 'share'));
    for (const name of ['one', 'two', 'three']) await writeFile(join(folder, 'share', `${name}.txt`), name);
    const end = await runCli(['assess', join(folder, 'share'), '--data', join(folder, 'data')]);
    expect(end.code, end.stderr).toBe(0);
    printed = /^Signed: (SHA256:\S+)$/m.exec(end.stdout)?.[1] ?? '';
    const manifest = /(\S.*manifest\.json)$/m.exec(end.stdout)?.[1] ?? '';
    handed = join(folder, 'handed over');
    await cp(dirname(manifest), handed, { recursive: true });
    await rm(join(folder, 'data'), { recursive: true });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('is checked with nothing but its folder, and pinned to the key that was printed', async () => {
    const plain = await runCli(['check-manifest', handed]);
    expect(plain.code, plain.stderr).toBe(0);
    expect(plain.stdout).toContain(`signed by ${printed}`);
    expect((await runCli(['check-manifest', handed, '--key', printed])).code).toBe(0);
    const other = await runCli(['check-manifest', handed, '--key', `SHA256:${'A'.repeat(43)}`, '--json']);
    expect(other.code).toBe(3);
    expect(JSON.parse(other.stdout)).toMatchObject({ genuine: false, complaints: [], fingerprint: printed });
  }, 60_000);

  it('that was altered is told, line by line', async () => {
    const file = join(handed, 'items.csv');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('two.txt', 'six.txt'));
    const end = await runCli(['check-manifest', handed]);
    expect(end.code).toBe(3);
    expect(end.stdout).toMatch(/items\.csv: line \d was altered: six\.txt/);
    expect((await runCli(['check-manifest', folder])).code).toBe(1);
  }, 60_000);
});
