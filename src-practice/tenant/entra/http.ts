import type { IncomingMessage, ServerResponse } from 'node:http';

/** Sign-in requests are small; a client assertion with its certificates is the longest, some 10 KB. */
const MAX_FORM_BYTES = 256 * 1024;

export type Form = Readonly<Record<string, string>>;

/**
 * Reads a form-encoded body. `undefined` when it is something else or too long. Of a repeated name the last
 * value counts.
 */
export const readForm = async (req: IncomingMessage): Promise<Form | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req) {
    if (!Buffer.isBuffer(chunk)) throw new Error('the request must not have an encoding set');
    length += chunk.length;
    if (length <= MAX_FORM_BYTES) chunks.push(chunk);
  }
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' || length > MAX_FORM_BYTES) return undefined;
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
};

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' } as const;

export const sendJson = (res: ServerResponse, status: number, body: unknown): void => {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...NO_STORE,
  });
  res.end(text);
};

export const sendHtml = (res: ServerResponse, status: number, html: string): void => {
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    ...NO_STORE,
  });
  res.end(html);
};

export const sendRedirect = (res: ServerResponse, location: string): void => {
  res.writeHead(302, { location, 'content-length': 0, ...NO_STORE });
  res.end();
};
