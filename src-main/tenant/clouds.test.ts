import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { publicClouds } from '../../src-shared/model/cloud.ts';
import { loadCloud } from './clouds.ts';

const folder = mkdtempSync(join(tmpdir(), 'clouds-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('loadCloud', () => {
  it('knows the public clouds by name, in any case', () => {
    expect(loadCloud('global')).toEqual({ ok: true, value: publicClouds.global });
    expect(loadCloud('GCC-High')).toEqual({ ok: true, value: publicClouds['gcc-high'] });
  });

  it('reads any other from a file', () => {
    const cloud = {
      name: 'practice',
      authority: 'https://127.0.0.1:8443',
      graph: 'http://127.0.0.1:8080/v1.0',
      sharePointHostSuffix: '.sharepoint.practice',
      certificateAuthority: 'PEM',
    };
    expect(loadCloud(file('practice.json', JSON.stringify(cloud)))).toEqual({ ok: true, value: cloud });
  });

  it.each([
    ['a name that nobody knows', () => 'atlantis', 'ENOENT'],
    ['no JSON', () => file('broken.json', '{'), 'JSON'],
    ['a field missing', () => file('half.json', '{"name":"x"}'), 'authority'],
    [
      'an address that is not https',
      () =>
        file(
          'plain.json',
          JSON.stringify({ ...publicClouds.global, graph: 'http://graph.example.com/v1.0' }),
        ),
      'graph: must be https',
    ],
  ])('%s: cloud-unknown, with the reason', (_, nameOrFile, reason) => {
    const result = loadCloud(nameOrFile());
    expect(result).toMatchObject({ ok: false, problem: { code: 'cloud-unknown' } });
    expect(result.ok ? '' : result.problem.detail).toContain(reason);
  });
});
