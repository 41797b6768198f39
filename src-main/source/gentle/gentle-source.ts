import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { readOpened } from '../read-opened.ts';
import type { FullSource, Source, SourceEntry, SourceFile } from '../source.ts';
import type { GentleGate, WatchRest } from './gentle-gate.ts';

/**
 * The same source, every call to it through a gate: those that list and those that read contents alike. Looking whether it is there and
 * closing files is done at once. Code besides those of the source: waiting-for-hours, of a call that was turned away.
 * @param watch told of the waits
 */
export function gentleSource(source: Source, gate: GentleGate, watch?: WatchRest): Source {
  const open: Source['open'] = async (path) => {
    const opened = await gate.during('new', () => source.open(path), watch);
    return opened.ok ? ok(gentleFile(opened.value, gate, watch)) : opened;
  };
  const owner = source.owner?.bind(source);
  return {
    root: source.root,
    probe: () => source.probe(),
    list: (path) => (gate.isGentle ? listGently(source, path, gate, watch) : source.list(path)),
    open,
    // Many calls in one: while the source is spared, each has to go through by itself.
    readFiles: (paths, limit, lent) =>
      source.readFiles && !gate.isGentle
        ? source.readFiles(paths, limit, lent)
        : Promise.all(paths.map((path) => readOpened({ open }, path, limit))),
    ...(owner && { owner: (path) => gate.during('new', () => owner(path), watch) }),
    close: () => source.close(),
  };
}

/** A source about which everything can be asked, and gently. */
export function gentleFullSource(source: FullSource, gate: GentleGate): FullSource {
  return {
    ...gentleSource(source, gate),
    rights: (path) => gate.during('new', () => source.rights(path)),
    principal: (sid) => source.principal(sid),
    space: () => source.space(),
  };
}

function gentleFile(file: SourceFile, gate: GentleGate, watch?: WatchRest): SourceFile {
  return {
    fingerprint: () => gate.during('open-file', () => file.fingerprint(), watch),
    read: (into, offset) => gate.during('open-file', () => file.read(into, offset), watch),
    close: () => file.close(),
  };
}

async function* listGently(
  source: Source,
  path: string,
  gate: GentleGate,
  watch?: WatchRest,
): AsyncIterable<Result<readonly SourceEntry[]>> {
  const batches = source.list(path)[Symbol.asyncIterator]();
  const next = async (): Promise<Result<IteratorResult<Result<readonly SourceEntry[]>>>> =>
    ok(await batches.next());
  try {
    for (;;) {
      const batch = await gate.during('new', next, watch);
      if (!batch.ok) yield batch;
      if (!batch.ok || batch.value.done) return;
      yield batch.value.value;
    }
  } finally {
    await batches.return?.();
  }
}
