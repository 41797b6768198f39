import { create } from 'zustand';
import type { Problem } from '../../src-shared/model/problem.ts';
import type { ImportSummary, RowFilter } from '../imports/import-desk.ts';
import { type RemoteDesk, remoteDesk } from '../imports/remote-desk.ts';

/** Rows of which something is being done: looking at both ends, or making tasks. */
export interface Passage {
  readonly kind: 'ends' | 'tasks';
  readonly done: number;
  readonly all: number;
}

interface ImportState {
  /** Null: there is no list. */
  readonly summary: ImportSummary | null;
  readonly filter: RowFilter;
  /** Why the last file was not taken. */
  readonly problem: Problem | null;
  /** A mistake of the program in the worker. */
  readonly broken: string | null;
  readonly busy: boolean;
  readonly passage: Passage | null;
  /** Tasks that were made of the list since it was opened. */
  readonly made: number;
}

export const useImport = create<ImportState>(() => ({
  summary: null,
  filter: {},
  problem: null,
  broken: null,
  busy: false,
  passage: null,
  made: 0,
}));

let desk: RemoteDesk | undefined;

/** The desk in its worker, started when it is needed for the first time. */
export function importDesk(): RemoteDesk {
  desk ??= remoteDesk(
    new Worker(new URL('../imports/import-worker.ts', import.meta.url), { type: 'module' }),
  );
  return desk;
}

/** Does something with the list, and shows what it is then. */
export async function withDesk(change: (desk: RemoteDesk) => Promise<ImportSummary | null>): Promise<void> {
  useImport.setState({ busy: true });
  try {
    const summary = await change(importDesk());
    useImport.setState({ ...(summary ? { summary } : {}), broken: null });
  } catch (error) {
    useImport.setState({ broken: error instanceof Error ? error.message : String(error) });
  }
  useImport.setState({ busy: false });
}

/**
 * Takes a file or what was pasted as the list, in place of the one before.
 * @param namesOf the assessment that its rows come from
 */
export function openList(name: string, bytes: Uint8Array, namesOf?: string): Promise<void> {
  useImport.setState({ problem: null });
  return withDesk(async (to) => {
    const opened = await to.open(name, bytes, namesOf);
    if (opened.ok) useImport.setState({ filter: {}, made: 0 });
    else useImport.setState({ problem: { ...opened.problem, where: name } });
    return opened.ok ? opened.value : null;
  });
}

/** Gives the list up. Tasks that were made of it stay. */
export async function dropList(): Promise<void> {
  await importDesk().clear();
  useImport.setState({ summary: null, filter: {}, problem: null, passage: null, made: 0 });
}

let recalled = false;

/** The list that was there before a reload; looked for once. */
export async function recallList(): Promise<void> {
  if (recalled || useImport.getState().summary !== null) return;
  recalled = true;
  await withDesk((from) => from.recall());
}
