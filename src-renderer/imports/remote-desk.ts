import type { ImportDesk, ImportSummary } from './import-desk.ts';

export type DeskMethod = keyof ImportDesk;
export type Changing = Extract<DeskMethod, 'open' | 'map' | 'edit' | 'fix' | 'undo' | 'redo' | 'made'>;

export interface Call {
  readonly id: number;
  readonly method: DeskMethod | 'recall' | 'clear';
  readonly args: readonly unknown[];
}
export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

/** The desk as it is called from the page: everything takes its time. */
export type RemoteDesk = {
  readonly [M in DeskMethod]: (...args: Parameters<ImportDesk[M]>) => Promise<ReturnType<ImportDesk[M]>>;
} & {
  /** The list that was there before the page was loaded anew; null when there was none. */
  readonly recall: () => Promise<ImportSummary | null>;
  /** Forgets what was kept. */
  readonly clear: () => Promise<void>;
};

/** Calls the desk in a worker. A mistake of the program there is an exception here. */
export function remoteDesk(worker: Worker): RemoteDesk {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.ok) call?.resolve(data.value);
    else call?.reject(new Error(data.message));
  });
  worker.addEventListener('error', (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message));
    waiting.clear();
  });
  const call = (method: Call['method'], args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, method, args } satisfies Call);
    });
  return new Proxy({} as RemoteDesk, {
    get:
      (_, method: string) =>
      (...args: readonly unknown[]) =>
        call(method as Call['method'], args),
  });
}
