import type { Result } from '../../src-shared/model/problem.ts';
import type { FullSource, Source, SourceEntry } from './source.ts';

/** Listing calls to one server at the same time, by all tasks of this machine together. */
export const CALLS_A_SERVER = 64;

/** The file server in a UNC path, however it is written; undefined for a path of this machine. */
export function serverOf(path: string): string | undefined {
  const found = /^(?:[\\/]{2}[?.][\\/]UNC[\\/]|[\\/]{2}(?![?.][\\/]))([^\\/]+)/i.exec(path);
  return found?.[1]?.toLowerCase();
}

/** Lets so many in at the same time; the others wait in the order in which they came. */
export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    // Whoever leaves hands the place on.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

const gates = new Map<string, Gate>();

/** A source whose listings share the places of its server with all others on it. A source on this machine stays as it is. */
export function behindServer(source: FullSource): FullSource {
  const server = serverOf(source.root);
  if (server === undefined) return source;
  const gate = gates.get(server) ?? new Gate(CALLS_A_SERVER);
  gates.set(server, gate);
  return gatedListing(source, gate);
}

/** The same source, with its listing calls and those for rights through a gate. */
export function gatedListing(source: FullSource, gate: Gate): FullSource {
  const owner = source.owner?.bind(source);
  return {
    root: source.root,
    probe: () => source.probe(),
    list: (path) => listThrough(source, gate, path),
    open: (path) => source.open(path),
    ...(source.readFiles && { readFiles: source.readFiles.bind(source) }),
    ...(owner && { owner: (path) => gate.during(() => owner(path)) }),
    rights: (path) => gate.during(() => source.rights(path)),
    principal: (sid) => source.principal(sid),
    space: () => source.space(),
    close: () => source.close(),
  };
}

async function* listThrough(
  source: Source,
  gate: Gate,
  path: string,
): AsyncIterable<Result<readonly SourceEntry[]>> {
  const batches = source.list(path)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const batch = await gate.during(() => batches.next());
      if (batch.done) return;
      yield batch.value;
    }
  } finally {
    await batches.return?.();
  }
}
