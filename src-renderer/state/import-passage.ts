import type { KnownTask } from '../../src-shared/imports/check-set.ts';
import type { Fault } from '../../src-shared/imports/fault.ts';
import type { RowWish } from '../imports/import-desk.ts';
import type { ConsoleClient } from './door.ts';
import { importDesk, type Passage, useImport, withDesk } from './import-store.ts';
import { refreshTasks } from './tasks.ts';

/** Rows whose two ends are looked at at the same time: each asks the file server and SharePoint a few things. */
const AT_ONCE = 4;
/** How often the list hears what was found out meanwhile. */
const TOLD_MS = 500;

let stop: AbortController | null = null;

/** Ends what goes on, after the rows that are being looked at. */
export function stopPassage(): void {
  stop?.abort();
}

/** Tasks that copy something, and the addresses of this machine's cloud. */
export async function compareList(client: ConsoleClient, suffix: string): Promise<void> {
  const known: KnownTask[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.tasks.list({
      limit: 200,
      shelf: 'all',
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { task } of page.tasks) if (!task.settings.dryRun) known.push(task);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  await withDesk((desk) => desk.compareWith(known, suffix));
}

const wishOf = ({ source, destination, settings, name }: RowWish) => ({
  ...{ source, destination, settings },
  ...(name === '' ? {} : { name }),
});

/** Asks both ends of every row that was not asked yet. */
export function checkEnds(client: ConsoleClient): Promise<void> {
  const answers = new Map<number, Fault | null>();
  return pass(
    'ends',
    () => importDesk().wishes('unasked'),
    async (wish) => {
      const seen = await client.tasks.check(wishOf(wish));
      answers.set(wish.line, seen.ok ? null : faultOf(wish.line, seen.problem));
    },
    async () => {
      const told = [...answers].map(([line, fault]) => ({ line, fault }));
      answers.clear();
      if (told.length > 0) await withDesk((desk) => desk.answer(told));
    },
  );
}

/** Makes a task of every row that is in order; the others stay in the list. */
export async function makeTasks(client: ConsoleClient): Promise<void> {
  const made: number[] = [];
  const refused = new Map<number, Fault>();
  const namesOf = useImport.getState().summary?.namesOf;
  await pass(
    'tasks',
    () => importDesk().wishes('all'),
    async (wish) => {
      const answer = await client.tasks.create({
        ...wishOf(wish),
        ...(namesOf === undefined ? {} : { namesOf }),
      });
      if (answer.ok) made.push(wish.line);
      else refused.set(wish.line, faultOf(wish.line, answer.problem));
    },
    async () => undefined,
  );
  await withDesk((desk) => desk.made(made));
  await withDesk((desk) => desk.answer([...refused].map(([line, fault]) => ({ line, fault }))));
  useImport.setState((state) => ({ made: state.made + made.length }));
  await refreshTasks(client);
}

function faultOf(
  line: number,
  problem: { readonly code: Fault['code']; readonly detail?: string | undefined },
): Fault {
  return { code: problem.code, line, detail: problem.detail };
}

async function pass(
  kind: Passage['kind'],
  rows: () => Promise<readonly RowWish[]>,
  each: (wish: RowWish) => Promise<void>,
  tell: () => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  stop = abort;
  const wishes = await rows();
  let done = 0;
  const show = () => useImport.setState({ passage: { kind, done, all: wishes.length } });
  show();
  const timer = setInterval(() => {
    show();
    void tell();
  }, TOLD_MS);
  const entries = wishes.values();
  const worker = async () => {
    for (const wish of entries) {
      if (abort.signal.aborted) return;
      await each(wish);
      done += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (error) {
    // The connection is lost: what was found out is kept, and the rest can be asked again.
    useImport.setState({ broken: error instanceof Error ? error.message : String(error) });
  } finally {
    clearInterval(timer);
    await tell();
    useImport.setState({ passage: null });
  }
}
