import { protocol } from 'electron';
import { strictHeaders } from '../host/headers.ts';
import type { ScreenFiles } from '../host/screen-files.ts';
import { isOwnAddress, SCREEN_SCHEME } from './origin.ts';

/** To be called before the app is ready: the screen's scheme is as good as https, and its scripts may be cached compiled. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCREEN_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built screen under its own scheme: no `file:`, no listing, nothing outside its list of files (S2, S3). */
export function serveScreen(files: ScreenFiles): void {
  protocol.handle(SCREEN_SCHEME, async (request) => {
    if (request.method !== 'GET' || !isOwnAddress(request.url, undefined)) {
      return new Response('Not found\n', { status: 404, headers: strictHeaders });
    }
    const { status, headers, body } = await files.answer(new URL(request.url).pathname);
    return new Response(body, { status, headers });
  });
}
