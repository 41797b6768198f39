import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import { jsonOf } from '../basics/json-of.ts';

/** The last thing that went wrong on the wire, which msal wraps until it cannot be recognised. */
export type WireTrouble =
  | { readonly kind: 'no-answer'; readonly host: string; readonly detail: string }
  | { readonly kind: 'server-error'; readonly host: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly host: string; readonly detail: string };

const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/** Carries msal's requests, and remembers their failures until {@link SignInNetwork.forget}. */
export class SignInNetwork implements INetworkModule {
  trouble: WireTrouble | undefined;
  readonly #http: Dispatcher;

  constructor(http: Dispatcher) {
    this.#http = http;
  }

  forget(): void {
    this.trouble = undefined;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send<T>('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send<T>('POST', url, options);
  }

  async #send<T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<T>> {
    const { host } = new URL(url);
    try {
      const answer = await request(url, {
        method,
        dispatcher: this.#http,
        headers: options?.headers ?? {},
        body: options?.body ?? null,
      });
      const text = await answer.body.text();
      this.#judge(host, answer.statusCode, text);
      const headers = Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
      );
      // msal declares the body as whatever it expects there and checks it itself.
      return { status: answer.statusCode, headers, body: JSON.parse(text) };
    } catch (error) {
      this.trouble ??= { kind: 'no-answer', host, detail: errorDetail(error) };
      throw error;
    }
  }

  #judge(host: string, status: number, text: string): void {
    if (status >= 500 || status === 429) {
      this.trouble = { kind: 'server-error', host, detail: `HTTP ${status}` };
    } else if (status >= 400) {
      const refusal = refusalSchema.safeParse(jsonOf(text));
      const detail = refusal.success
        ? (refusal.data.error_description ?? refusal.data.error)
        : `HTTP ${status}`;
      this.trouble = { kind: 'refused', host, detail };
    }
  }
}

/** `ECONNREFUSED connect ...`: the code first, because people search for it. */
function errorDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : '';
  return `${code}${error.message}`.trim();
}
