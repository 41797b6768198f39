import type { Result } from '../../src-shared/model/problem.ts';
import type { CallOptions, Destination } from './destination.ts';

/** What is asked of a destination, one by one. */
type Call = Exclude<keyof Destination, 'root' | 'openAtOnce' | 'metrics' | 'close'>;

/** A call to a destination that has come to its end. Never what a file holds, and never the address of an upload. */
export interface RecordedCall {
  /** When it began; milliseconds since 1970. */
  readonly at: number;
  readonly call: Call;
  /** Name or id of the item; of many how many they are. */
  readonly about: string;
  /** Milliseconds from the call to its end, waiting and tries again included. */
  readonly ms: number;
  /** Milliseconds of these that it waited, by what for; of what it did not wait for nothing. */
  readonly waited: Readonly<Partial<Record<Wait, number>>>;
  /** What came: how many results of each code, `ok` among them; of a listing how many pages. */
  readonly came: Readonly<Record<string, number>>;
}

type Wait = NonNullable<Parameters<NonNullable<CallOptions['onWait']>>[0]>;

/** The same destination; each call is noted when it has ended. */
export function recording(
  own: Destination,
  note: (call: RecordedCall) => void,
  now: () => number,
): Destination {
  const watch = <O extends CallOptions>(call: Call, about: string, options: O | undefined): Watch<O> =>
    watched(call, about, options, { note, now });
  const one = async <T, O extends CallOptions>(
    call: Call,
    about: string,
    options: O | undefined,
    ask: (options: O | CallOptions) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const watching = watch(call, about, options);
    const result = await ask(watching.options);
    watching.came(result);
    watching.over();
    return result;
  };
  const many = async <T>(
    call: Call,
    count: number,
    options: CallOptions | undefined,
    ask: (options: CallOptions) => Promise<readonly Result<T>[]>,
  ): Promise<readonly Result<T>[]> => {
    const watching = watch(call, String(count), options);
    const results = await ask(watching.options);
    for (const result of results) watching.came(result);
    watching.over();
    return results;
  };
  async function* pages<T, O extends CallOptions>(
    call: Call,
    about: string,
    options: O | undefined,
    ask: (options: O | CallOptions) => AsyncIterable<Result<T>>,
  ): AsyncGenerator<Result<T>> {
    const watching = watch(call, about, options);
    try {
      for await (const page of ask(watching.options)) {
        watching.came(page);
        yield page;
      }
    } finally {
      watching.over();
    }
  }
  return {
    root: own.root,
    openAtOnce: own.openAtOnce,
    makeFolder: (parent, name, times, options) =>
      one('makeFolder', name, options, (watching) => own.makeFolder(parent, name, times, watching)),
    openUploads: (requests, options) =>
      many('openUploads', requests.length, options, (watching) => own.openUploads(requests, watching)),
    resume: (session, options) => one('resume', '', options, (watching) => own.resume(session, watching)),
    send: (session, fragment, options) =>
      one('send', `${fragment.offset}+${fragment.bytes.length} of ${fragment.total}`, options, (watching) =>
        own.send(session, fragment, watching),
      ),
    cancel: (session, options) => one('cancel', '', options, (watching) => own.cancel(session, watching)),
    putEmpty: (request, options) =>
      one('putEmpty', request.name, options, (watching) => own.putEmpty(request, watching)),
    remove: (item, options) => one('remove', item.name, options, (watching) => own.remove(item, watching)),
    move: (item, options) => one('move', item.to.name, options, (watching) => own.move(item, watching)),
    dateFolders: (folders, options) =>
      many('dateFolders', folders.length, options, (watching) => own.dateFolders(folders, watching)),
    setAuthors: (files, options) =>
      many('setAuthors', files.length, options, (watching) => own.setAuthors(files, watching)),
    find: (parent, name, options) =>
      one('find', name, options, (watching) => own.find(parent, name, watching)),
    findById: (id, options) => one('findById', id, options, (watching) => own.findById(id, watching)),
    children: (folder, options) =>
      pages('children', folder, options, (watching) => own.children(folder, watching)),
    download: (file, from, options) =>
      pages('download', file.id, options, (watching) => own.download(file, from, watching)),
    changes: (since, options) =>
      pages('changes', since === undefined ? 'all' : 'since a mark', options, (watching) =>
        own.changes(since, watching),
      ),
    metrics: () => own.metrics(),
    close: () => own.close(),
  };
}

interface Watch<O> {
  /** Those of the caller, who is told of waits as before. */
  readonly options: O | CallOptions;
  came(result: Result<unknown>): void;
  over(): void;
}

function watched<O extends CallOptions>(
  call: Call,
  about: string,
  options: O | undefined,
  { note, now }: { readonly note: (call: RecordedCall) => void; readonly now: () => number },
): Watch<O> {
  const at = now();
  const waited: Partial<Record<Wait, number>> = {};
  const came: Record<string, number> = {};
  let waits: { readonly for: Wait; readonly since: number } | undefined;
  const waitsFor = (wait: Wait | undefined): void => {
    if (waits !== undefined) waited[waits.for] = (waited[waits.for] ?? 0) + now() - waits.since;
    waits = wait === undefined ? undefined : { for: wait, since: now() };
  };
  return {
    options: {
      ...options,
      onWait: (wait) => {
        waitsFor(wait);
        options?.onWait?.(wait);
      },
    },
    came(result) {
      const code = result.ok ? 'ok' : result.problem.code;
      came[code] = (came[code] ?? 0) + 1;
    },
    over() {
      waitsFor(undefined);
      note({ at, call, about, ms: now() - at, waited, came });
    },
  };
}
