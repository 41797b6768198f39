import { Agent, request } from 'undici';
import type { PracticeTenant } from '../../src-practice/tenant/server.ts';

/** What a person and their browser do with the sign-in page, without drawing it: the real thing is in tests/browser. */
export interface PersonAtBrowser {
  /** Opens the address, picks an account and lets the page post the answer; gives what the browser shows then. */
  pick(address: string, user: string): Promise<string>;
  /** Opens it and presses Cancel. */
  cancel(address: string): Promise<string>;
  /** Types a device code and picks an account, or presses Cancel. */
  typeCode(address: string, code: string, user: string | undefined): Promise<string>;
  close(): Promise<void>;
}

export function personAtBrowser(tenant: PracticeTenant): PersonAtBrowser {
  const agent = new Agent({ connect: { ca: tenant.cloud.certificateAuthority ?? '' } });
  const get = async (url: string): Promise<string> => (await request(url, { dispatcher: agent })).body.text();
  const post = async (url: string, form: Record<string, string>): Promise<string> => {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      ...(url.startsWith('https:') ? { dispatcher: agent } : {}),
    });
    return answer.body.text();
  };
  const goOn = async (address: string): Promise<string> => {
    const html = await get(address);
    const action = /action="([^"]+)"/.exec(html)?.[1];
    if (action === undefined) return html;
    const fields = [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    return post(
      action,
      Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value.replaceAll('&#39;', "'")])),
    );
  };
  return {
    pick: (address, user) => goOn(`${address}&practice_user=${encodeURIComponent(user)}`),
    cancel: (address) => goOn(`${address}&practice_cancel=1`),
    typeCode: (address, code, user) =>
      post(address, {
        user_code: code,
        ...(user === undefined ? { practice_cancel: '1' } : { practice_user: user }),
      }),
    close: () => agent.close(),
  };
}
