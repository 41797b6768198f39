import { parse } from 'csv-parse/browser/esm/sync';
import { stringify } from 'csv-stringify/browser/esm/sync';
import { ImportDesk } from './import-desk.ts';
import { forgetImport, keepImport, keptImport } from './keep.ts';
import type { Answer, Call, Changing, DeskMethod } from './remote-desk.ts';

/** The desk in a thread of its own: calls come as messages, and after each change what is on it is kept over a reload. */

const desk = new ImportDesk(parse, stringify);
const changing: ReadonlySet<DeskMethod | 'recall' | 'clear'> = new Set<Changing>([
  'open',
  'map',
  'edit',
  'fix',
  'undo',
  'redo',
  'made',
]);

/** Calls are answered one after the other: each sees what the one before left. */
let queue: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<Call>) => {
  queue = queue.then(() => answer(data));
});

async function answer({ id, method, args }: Call): Promise<void> {
  try {
    const value = await call(method, [...args]);
    self.postMessage({ id, ok: true, value } satisfies Answer);
    if (changing.has(method)) await keepImport(desk.kept());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({ id, ok: false, message } satisfies Answer);
  }
}

async function call(method: Call['method'], args: unknown[]): Promise<unknown> {
  if (method === 'clear') return forgetImport();
  if (method === 'recall') {
    // A list that was dropped meanwhile is the newer one.
    if (desk.kept() !== null) return null;
    const kept = await keptImport();
    return kept === null ? null : desk.restore(kept);
  }
  // The other end is typed by the desk itself; both are parts of one program.
  return (desk[method] as (...all: unknown[]) => unknown).apply(desk, args);
}
