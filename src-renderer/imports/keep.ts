import type { KeptImport } from './import-desk.ts';

/** The list that is being worked on, in the browser's own database: it is there again after a reload. One list at a time. */

const DATABASE = 'convoy';
const STORE = 'import';
const KEY = 'list';

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () =>
      reject(new Error("the browser's database does not answer", { cause: request.error }));
  });
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return (await answerOf(opening)).transaction(STORE, mode).objectStore(STORE);
}

export async function keptImport(): Promise<KeptImport | null> {
  const kept: KeptImport | undefined = await answerOf((await store('readonly')).get(KEY));
  return kept ?? null;
}

export async function keepImport(kept: KeptImport | null): Promise<void> {
  if (kept === null) return forgetImport();
  await answerOf((await store('readwrite')).put(kept, KEY));
}

export async function forgetImport(): Promise<void> {
  await answerOf((await store('readwrite')).delete(KEY));
}
