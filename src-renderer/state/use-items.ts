import { useCallback, useEffect, useRef, useState } from 'react';
import type { ItemRow } from '../../src-shared/contract/console-types.ts';
import type { ItemQuery } from '../../src-shared/contract/item-query.ts';
import { ask, type Failure } from './ask.ts';
import { useClient } from './connection.ts';
import { cursorOf, emptyWindow, forget, locate, missingPage, type PageWindow, put } from './page-window.ts';

const PAGE = 200;
/** Pages on either side of the one in sight whose rows are kept: at most 1,800 rows. */
const REACH = 4;
/** While the run lives, what is in sight is read again this often. */
const REFRESH_MS = 3_000;

interface Items {
  readonly window: PageWindow<ItemRow>;
  readonly failure: Failure | null;
  /** Tells which rows are in sight; what is missing of them is read. */
  readonly see: (from: number, to: number) => void;
  readonly again: () => void;
}

/** The items of a run by pages. A new run or filter begins from the top. */
export function useItems(run: string, filter: ItemQuery, live: boolean): Items {
  const client = useClient();
  const key = JSON.stringify([run, filter]);
  const [state, setState] = useState<{ readonly key: string; readonly window: PageWindow<ItemRow> }>({
    key,
    window: emptyWindow(),
  });
  const [failure, setFailure] = useState<Failure | null>(null);
  const window = state.key === key ? state.window : emptyWindow<ItemRow>();
  const sight = useRef({ from: 0, to: PAGE });
  const asking = useRef<string | null>(null);

  const read = useCallback(
    async (current: PageWindow<ItemRow>, number: number) => {
      if (!client || asking.current === key) return;
      asking.current = key;
      const cursor = cursorOf(current, number);
      const answer = await ask(() =>
        client.items.page({ run, filter, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
      );
      if (asking.current !== key) return;
      asking.current = null;
      if (!answer.ok) return setFailure(answer.failure);
      setFailure(null);
      setState((held) => {
        const before = held.key === key ? held.window : emptyWindow<ItemRow>();
        return { key, window: forget(put(before, number, answer.value), number, REACH) };
      });
    },
    [client, filter, key, run],
  );

  const fill = useCallback(
    (current: PageWindow<ItemRow>) => {
      const number = missingPage(current, sight.current.from, sight.current.to);
      if (number !== undefined) void read(current, number);
    },
    [read],
  );

  useEffect(() => {
    if (!failure) fill(window);
  }, [fill, window, failure]);

  useEffect(() => {
    if (!live || failure) return;
    const timer = setInterval(() => {
      const number = locate(window, sight.current.from)?.page ?? 0;
      void read(window, number);
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [live, failure, window, read]);

  const see = useCallback(
    (from: number, to: number) => {
      sight.current = { from, to };
      fill(window);
    },
    [fill, window],
  );
  return { window, failure, see, again: () => setFailure(null) };
}
