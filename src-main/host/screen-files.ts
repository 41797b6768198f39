import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { contentSecurityPolicy, strictHeaders } from './headers.ts';

/** The kinds of files that a built screen consists of; anything else is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** What vite names by its content never changes under that name. */
const HASHED = '/assets/';

/** An answer of whichever protocol the screen is served by. */
export interface ScreenAnswer {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** The files of the built screen, by the path of their address. */
export interface ScreenFiles {
  /** Whether there is a screen at all: a checkout has none before it was built. */
  readonly present: boolean;
  /** @param path of the address, as it came: `/`, `/assets/index-1a2b.js` */
  answer(path: string): Promise<ScreenAnswer>;
}

/**
 * Serves a built screen. All files are listed once, and a path is looked up in that list as it stands: nothing is ever
 * put together from what a client sends, so there is no way out of the folder, however a path is spelled.
 * @param newNonce unguessable, for the content security policy of each page
 */
export function openScreenFiles(folder: string, newNonce: () => string): ScreenFiles {
  const files = new Map(existsSync(folder) ? listBelow(folder, '') : []);
  return {
    present: files.has('/index.html'),
    async answer(path) {
      const name = path === '/' ? '/index.html' : path;
      const file = files.get(name);
      const type = TYPES[extname(name)];
      if (file === undefined || type === undefined) {
        return { status: 404, headers: headersOf('text/plain; charset=utf-8', name), body: 'Not found\n' };
      }
      const bytes = await readFile(file);
      if (!name.endsWith('.html')) return { status: 200, headers: headersOf(type, name), body: bytes };
      const nonce = newNonce();
      return {
        status: 200,
        headers: { ...headersOf(type, name), 'Content-Security-Policy': contentSecurityPolicy(nonce) },
        body: bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce),
      };
    },
  };
}

function headersOf(type: string, name: string): Record<string, string> {
  const caching = name.startsWith(HASHED) ? 'private, max-age=31536000, immutable' : 'no-store';
  return { ...strictHeaders, 'Content-Type': type, 'Cache-Control': caching };
}

function listBelow(folder: string, path: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const file = join(folder, entry.name);
    const at = `${path}/${entry.name}`;
    if (entry.isDirectory()) return listBelow(file, at);
    return entry.isFile() ? [[at, file]] : [];
  });
}
