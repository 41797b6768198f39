import { z } from 'zod';
import {
  certificateSchema,
  driveFactsSchema,
  logEntrySchema,
  openUploadSchema,
  type PracticeControl,
  recycledSchema,
  type TreeEntry,
  treeEntrySchema,
} from './control-contract.ts';
import { practiceStatsSchema } from './counters.ts';
import { faultSettingsSchema } from './fault-settings.ts';

/** The control of a tenant in another process. `base` is its plain http address, e.g. `http://127.0.0.1:8080`. */
export function controlClient(base: string): PracticeControl {
  const call = async <T>(
    schema: z.ZodType<T>,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${base}/practice/${path}`, init);
    const value: unknown = await response.json();
    if (!response.ok) throw new Error(z.object({ problem: z.string() }).parse(value).problem);
    return schema.parse(value);
  };
  const done = z.object({}).transform(() => undefined);
  const named = (driveId: string): string => `drive=${encodeURIComponent(driveId)}`;
  return {
    stats: () => call(practiceStatsSchema, 'GET', 'stats'),
    resetStats: () => call(done, 'POST', 'stats/reset', {}),
    faults: () => call(faultSettingsSchema, 'GET', 'faults'),
    setFaults: (settings) => call(faultSettingsSchema, 'POST', 'faults', settings),
    drives: () => call(z.array(driveFactsSchema), 'GET', 'drives'),
    tree: (driveId) => tree(`${base}/practice/tree?${named(driveId)}`),
    uploads: () => call(z.array(openUploadSchema), 'GET', 'uploads'),
    recycleBin: (driveId) => call(z.array(recycledSchema), 'GET', `recycle-bin?${named(driveId)}`),
    act: async (action) => (await call(z.object({ id: z.string() }), 'POST', 'files', action)).id,
    log: () => call(z.array(logEntrySchema), 'GET', 'log'),
    advanceClock: (advanceMs) => call(done, 'POST', 'clock', { advanceMs }),
    signIn: (action) => call(done, 'POST', 'sign-in', action),
    token: async (request = {}) =>
      (await call(z.object({ token: z.string() }), 'POST', 'token', request)).token,
    certificate: () => call(certificateSchema, 'POST', 'certificate', {}),
  };
}

async function* tree(url: string): AsyncGenerator<TreeEntry> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(await response.text());
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield treeEntrySchema.parse(JSON.parse(line));
  }
}
