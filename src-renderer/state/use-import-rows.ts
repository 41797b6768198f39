import { useCallback, useEffect, useState } from 'react';
import type { ImportRow, RowFilter } from '../imports/import-desk.ts';
import { importDesk } from './import-store.ts';

const PAGE = 100;

interface ImportRows {
  readonly total: number;
  readonly at: (index: number) => ImportRow | undefined;
  /** Told which rows are in sight. */
  readonly see: (from: number, to: number) => void;
}

/** The rows in sight of the list, read by pages from the worker; those of before stay until the new ones are there. */
export function useImportRows(version: number, filter: RowFilter): ImportRows {
  const [pages, setPages] = useState<ReadonlyMap<number, readonly ImportRow[]>>(new Map());
  const [total, setTotal] = useState(0);
  const [span, setSpan] = useState({ from: 0, to: 40 });
  useEffect(() => {
    const first = Math.floor(span.from / PAGE);
    const last = Math.floor(span.to / PAGE);
    let gone = false;
    void (async () => {
      // Read anew after each change of the list: `version` is that of the last one.
      if (version < 0) return;
      const read = await importDesk().rows(first * PAGE, (last + 1) * PAGE, filter);
      if (gone) return;
      setTotal(read.total);
      const next = new Map<number, readonly ImportRow[]>();
      for (let page = first; page <= last; page += 1)
        next.set(page, read.rows.slice((page - first) * PAGE, (page - first + 1) * PAGE));
      setPages(next);
    })();
    return () => {
      gone = true;
    };
  }, [version, filter, span]);
  const at = useCallback((index: number) => pages.get(Math.floor(index / PAGE))?.[index % PAGE], [pages]);
  const see = useCallback((from: number, to: number) => {
    // Whole pages: scrolling within one asks nothing.
    setSpan((held) => {
      const same =
        Math.floor(held.from / PAGE) === Math.floor(from / PAGE) &&
        Math.floor(held.to / PAGE) === Math.floor(to / PAGE);
      return same ? held : { from, to };
    });
  }, []);
  return { total, at, see };
}
