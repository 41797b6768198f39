import { Agent } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { publicClouds } from '../../../src-shared/model/cloud.ts';
import { failed } from '../../../src-shared/model/problem.ts';
import type { TokenSource } from '../../tenant/token-source.ts';
import { openGraphDestination } from './graph-destination.ts';

afterEach(() => vi.restoreAllMocks());

describe('a destination that cannot be opened', () => {
  const open = (token: TokenSource['token']) =>
    openGraphDestination({
      cloud: publicClouds.global,
      tokens: { who: { tenant: 'contoso', account: 'app' }, token },
      address: 'https://contoso.sharepoint.com/sites/x',
      write: false,
      now: () => 0,
      random: () => 0,
    });

  it.each([
    ['for a reason that was foreseen', async () => failed('sign-in-expired'), { ok: false }],
    [
      'because of a mistake of the program',
      async () => {
        throw new Error('a mistake');
      },
      new Error('a mistake'),
    ],
  ])('%s leaves no connections open', async (_, token, outcome) => {
    vi.stubEnv('HTTP_PROXY', '');
    vi.stubEnv('HTTPS_PROXY', '');
    const close = vi.spyOn(Agent.prototype, 'close');
    const opened = await open(token).catch((error: unknown) => error);
    expect(opened).toMatchObject(outcome);
    expect(close).toHaveBeenCalled();
  });
});
