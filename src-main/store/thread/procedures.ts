import type { Problem } from '../../../src-shared/model/problem.ts';
import type { WireError } from './wire-error.ts';

/** What a writer thread can be asked: names to synchronous functions of plain data. */
// `never[]` admits every parameter list: a table of procedures is only ever called through Args and Answer below.
export type Procedures = Readonly<Record<string, (...args: never[]) => unknown>>;

export type NameOf<P extends Procedures> = keyof P & string;
export type Args<P extends Procedures, K extends NameOf<P>> = Parameters<P[K]>;
export type Answer<P extends Procedures, K extends NameOf<P>> = Awaited<ReturnType<P[K]>>;

/** Whoever answers for a database: its thread, or what stands in for one in the same thread. */
export interface Answering<P extends Procedures> {
  /** Calls are answered in order, each after its transaction was committed. Rejects with a ProblemError for what was foreseen. */
  call<K extends NameOf<P>>(name: K, ...args: Args<P, K>): Promise<Answer<P, K>>;
  /** Copies the database to `file` while it is in use. */
  backUp(file: string): Promise<void>;
  /** It takes no more calls. */
  readonly closing: boolean;
  close(): Promise<void>;
}

/** How a database is to be opened by its thread. Plain data. */
export interface OpenOrder {
  readonly file: string;
  /** Where online backups of it are kept; undefined for databases that are made anew when they are lost. */
  readonly backup?: string | undefined;
  /** Milliseconds since 1970, for the names of files that are kept aside. */
  readonly now: number;
  /** Largest size in pages of 4 KiB: a quota (used by tests to fill a disk). */
  readonly maxPages?: number | undefined;
}

export interface ThreadCall {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** To the thread. */
export type ToThread =
  | { readonly to: 'open'; readonly order: OpenOrder }
  | ({ readonly to: 'call' } & ThreadCall)
  /** What was asked in one turn of the event loop: a message for each would cost both ends more than most of what is asked. */
  | { readonly to: 'calls'; readonly calls: readonly ThreadCall[] }
  | { readonly to: 'back-up'; readonly id: number; readonly file: string }
  | { readonly to: 'close' };

/** From the thread. Answers of one commit come together. */
export type FromThread =
  | { readonly from: 'opened'; readonly notices: readonly Problem[] }
  | { readonly from: 'unopened'; readonly error: WireError }
  | { readonly from: 'answers'; readonly answers: readonly ThreadAnswer[] }
  | { readonly from: 'closed'; readonly error: WireError | undefined };

export type ThreadAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WireError };
