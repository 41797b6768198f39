import { describe, expect, it } from 'vitest';
import { sourceCredentials } from './source-credentials.ts';

const env = { CONVOY_SOURCE_USER: 'CORP\\reader', CONVOY_SOURCE_PASSWORD: 'secret' };

describe('another account for the source', () => {
  it('holds for the share that was named, and for no other', () => {
    const given = sourceCredentials('\\\\fs01\\data\\projects', { env, platform: 'win32' });
    if (!given.ok) throw new Error(given.problem.code);
    expect(given.value('\\\\FS01\\Data')).toEqual({ user: 'CORP\\reader', password: 'secret' });
    expect(given.value('\\\\fs01\\other')).toBeUndefined();
    expect(given.value('\\\\fs02\\data')).toBeUndefined();
    expect(given.value('C:\\data')).toBeUndefined();
  });

  it('is none where nothing is said, on any system', () => {
    const given = sourceCredentials('/srv/data', { env: {}, platform: 'linux' });
    expect(given.ok && given.value('\\\\fs01\\data')).toBeUndefined();
  });

  it.each([
    ['\\\\fs01\\data', 'linux', env, 'not on Windows'],
    ['C:\\data', 'win32', env, 'not a path on a share'],
    ['\\\\fs01\\data', 'win32', { CONVOY_SOURCE_USER: 'x' }, 'CONVOY_SOURCE_PASSWORD is not set'],
    ['\\\\fs01\\data', 'win32', { CONVOY_SOURCE_PASSWORD: 'secret' }, 'CONVOY_SOURCE_USER is not set'],
  ] as const)('is refused where it could not be used: %s on %s', (source, platform, given, detail) => {
    const refused = sourceCredentials(source, { env: given, platform });
    expect(!refused.ok && refused.problem).toEqual({
      code: 'source-credentials-unusable',
      where: source,
      detail,
    });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });
});
