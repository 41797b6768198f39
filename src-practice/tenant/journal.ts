import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const actorSchema = z.object({
  kind: z.enum(['application', 'user']),
  id: z.string(),
  displayName: z.string(),
  email: z.string().exactOptional(),
});

const bodySchema = z.union([
  z.object({ at: z.literal('pack'), pack: z.number(), offset: z.number() }),
  z.object({ at: z.literal('file'), name: z.string() }),
  z.object({ at: z.literal('nowhere') }),
]);

const contentSchema = z.object({
  size: z.number(),
  quickXor: z.string(),
  body: bodySchema,
  original: z.object({ size: z.number(), quickXor: z.string(), sha256: z.string().optional() }),
});

const itemRecordSchema = z.object({
  t: z.literal('item'),
  drive: z.string(),
  guid: z.string(),
  parent: z.string(),
  name: z.string(),
  folder: z.boolean(),
  content: contentSchema.exactOptional(),
  created: z.number(),
  modified: z.number(),
  createdBy: actorSchema,
  modifiedBy: actorSchema,
  eTag: z.number(),
  cTag: z.number(),
  version: z.number(),
  older: z.array(z.object({ number: z.number(), modified: z.number(), size: z.number(), by: actorSchema })),
  changed: z.number(),
  deleted: z.boolean(),
  lockedBy: z.string().exactOptional(),
});

const sessionRecordSchema = z.object({
  t: z.literal('session'),
  guid: z.string(),
  token: z.string(),
  drive: z.string(),
  parent: z.string(),
  name: z.string(),
  target: z.string().exactOptional(),
  behavior: z.enum(['fail', 'replace', 'rename']),
  created: z.number().exactOptional(),
  modified: z.number().exactOptional(),
  deferCommit: z.boolean(),
  ifMatch: z.string().exactOptional(),
  appId: z.string(),
  actor: actorSchema,
  openedAt: z.number(),
  expiresAt: z.number(),
  total: z.number().exactOptional(),
  received: z.number(),
  misaligned: z.boolean(),
});

const recycledRecordSchema = z.object({
  t: z.literal('recycled'),
  drive: z.string(),
  id: z.string(),
  path: z.string(),
  size: z.number(),
  deletedAt: z.number(),
});

const recordSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('life'), generation: z.number() }),
  itemRecordSchema,
  sessionRecordSchema,
  z.object({ t: z.literal('sessionEnd'), guid: z.string() }),
  z.object({ t: z.literal('quota'), drive: z.string(), total: z.number() }),
  z.object({ t: z.literal('epoch'), drive: z.string(), epoch: z.number() }),
  recycledRecordSchema,
]);

export type ItemRecord = z.infer<typeof itemRecordSchema>;
export type RecycledRecord = z.infer<typeof recycledRecordSchema>;
export type SessionRecord = z.infer<typeof sessionRecordSchema>;
export type JournalRecord = z.infer<typeof recordSchema>;

/** What a data folder said about the tenant's earlier lives. Of every item and session the last word counts. */
export interface Remembered {
  /** How many lives there were. */
  readonly generation: number;
  readonly items: readonly ItemRecord[];
  readonly sessions: readonly SessionRecord[];
  readonly quotas: ReadonlyMap<string, number>;
  /** Epochs of delta tokens, by drive. */
  readonly epochs: ReadonlyMap<string, number>;
  readonly recycled: readonly RecycledRecord[];
}

export interface Journal {
  /** With the operating system when this returns: it outlives the process, not the machine. */
  readonly append: (record: JournalRecord) => void;
  readonly close: () => void;
}

/** Remembers nothing. */
export const noJournal: Journal = { append: () => undefined, close: () => undefined };

/**
 * Opens the journal of a data folder: one JSON record a line, appended. What is there is read and written anew
 * without what is out of date, so that it does not grow from start to start.
 */
export function openJournal(dir: string): { readonly journal: Journal; readonly remembered: Remembered } {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'journal.ndjson');
  const remembered = readJournal(path);
  const fresh = `${path}.new`;
  writeFileSync(fresh, [...linesOf(remembered)].join(''));
  renameSync(fresh, path);
  const fd = openSync(path, 'a');
  return {
    remembered,
    journal: {
      append: (record) => {
        writeSync(fd, `${JSON.stringify(record)}\n`);
      },
      close: () => closeSync(fd),
    },
  };
}

function readJournal(path: string): Remembered {
  const items = new Map<string, ItemRecord>();
  const sessions = new Map<string, SessionRecord>();
  const quotas = new Map<string, number>();
  const epochs = new Map<string, number>();
  const recycled: RecycledRecord[] = [];
  let generation = 0;
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  // The last piece is empty, or the half line of a process that was killed while writing it.
  for (const line of lines.slice(0, -1)) {
    const record = recordSchema.parse(JSON.parse(line));
    if (record.t === 'life') generation = record.generation;
    else if (record.t === 'item') items.set(record.guid, record);
    else if (record.t === 'session') sessions.set(record.guid, record);
    else if (record.t === 'sessionEnd') sessions.delete(record.guid);
    else if (record.t === 'quota') quotas.set(record.drive, record.total);
    else if (record.t === 'epoch') epochs.set(record.drive, record.epoch);
    else recycled.push(record);
  }
  return {
    generation,
    items: [...items.values()],
    sessions: [...sessions.values()],
    quotas,
    epochs,
    recycled,
  };
}

function* linesOf(remembered: Remembered): Generator<string> {
  const line = (record: JournalRecord): string => `${JSON.stringify(record)}\n`;
  yield line({ t: 'life', generation: remembered.generation + 1 });
  for (const item of remembered.items) yield line(item);
  for (const session of remembered.sessions) yield line(session);
  for (const [drive, total] of remembered.quotas) yield line({ t: 'quota', drive, total });
  for (const [drive, epoch] of remembered.epochs) yield line({ t: 'epoch', drive, epoch });
  for (const one of remembered.recycled) yield line(one);
}
