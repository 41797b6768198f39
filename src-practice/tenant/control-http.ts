import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { colleagueActionSchema } from './colleague.ts';
import { drained } from './connection.ts';
import {
  type PracticeControl,
  signInActionSchema,
  type TenantFacts,
  tokenRequestSchema,
} from './control-contract.ts';
import { faultSettingsSchema } from './fault-settings.ts';
import type { SideDoor } from './front-door.ts';

/** A list of files with 100,000 sizes of body: control is for small things, but a colleague may bring a file. */
const LARGEST_BODY = 64 * 1024 * 1024;

type Handler = (body: unknown, query: URLSearchParams) => Promise<unknown>;

/** `/practice/...` over HTTP. No sign-in: the listener is on loopback only. */
export function createControlDoor(control: PracticeControl, facts: () => TenantFacts): SideDoor {
  const drive = (query: URLSearchParams): string => z.string().min(1).parse(query.get('drive'));
  const handlers: Readonly<Record<string, Handler>> = {
    'GET facts': async () => facts(),
    'GET stats': async () => control.stats(),
    'POST stats/reset': async () => control.resetStats(),
    'GET faults': async () => control.faults(),
    'POST faults': async (body) => control.setFaults(faultSettingsSchema.parse(body)),
    'GET drives': async () => control.drives(),
    'GET uploads': async () => control.uploads(),
    'GET recycle-bin': async (_body, query) => control.recycleBin(drive(query)),
    'POST files': async (body) => ({ id: await control.act(colleagueActionSchema.parse(body)) }),
    'GET log': async () => control.log(),
    'POST clock': async (body) =>
      control.advanceClock(z.object({ advanceMs: z.number().min(0) }).parse(body).advanceMs),
    'POST sign-in': async (body) => control.signIn(signInActionSchema.parse(body)),
    'POST token': async (body) => ({ token: await control.token(tokenRequestSchema.parse(body)) }),
    'POST certificate': async () => control.certificate(),
  };
  return async (req, res, path, query) => {
    const name = `${req.method} ${path.slice('/practice/'.length)}`;
    try {
      if (name === 'GET tree') return await sendTree(control, drive(query), res);
      const handler = handlers[name];
      const body = await readBody(req);
      if (handler === undefined)
        sendJson(res, 404, { problem: `the practice tenant has no control "${name}"` });
      else sendJson(res, 200, (await handler(body, query)) ?? {});
    } catch (error) {
      // Whoever pulls the strings is told what was wrong with the pull, whatever it was.
      sendJson(res, 400, { problem: error instanceof z.ZodError ? z.prettifyError(error) : String(error) });
    }
    return undefined;
  };
}

async function readBody(req: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of req) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a request body came as text');
    length += chunk.length;
    if (length > LARGEST_BODY) throw new RangeError('the body is too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

/** One JSON object a line, so that a drive of any size passes through little memory. */
async function sendTree(control: PracticeControl, driveId: string, res: ServerResponse): Promise<void> {
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    const text = lines.join('');
    lines = [];
    if (res.destroyed || res.write(text)) return;
    await drained(res);
  };
  for await (const entry of control.tree(driveId)) {
    if (!res.headersSent) res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    lines.push(`${JSON.stringify(entry)}\n`);
    if (lines.length >= 500) await flush();
  }
  if (!res.headersSent) res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  res.end(lines.join(''));
}

function sendJson(res: ServerResponse, status: number, value: unknown): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const bytes = Buffer.from(JSON.stringify(value));
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes.length });
  res.end(bytes);
}
