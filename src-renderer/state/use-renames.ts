import { useCallback, useEffect, useState } from 'react';
import type { RenameView } from '../../src-shared/contract/assessments.ts';
import { ask, type Failure } from './ask.ts';
import { useClient } from './connection.ts';

const PAGE = 100;

interface Renames {
  /** Null before the first answer. */
  readonly rows: readonly RenameView[] | null;
  readonly total: number | null;
  readonly more: boolean;
  readonly failure: Failure | null;
  readonly readMore: () => void;
  /** Gives a name, or with null takes it back. @returns why it was not taken */
  readonly rename: (row: RenameView, name: string | null) => Promise<Failure | null>;
  /** Takes the last change back. @returns the row that it was about; null when there was none */
  readonly undo: () => Promise<RenameView | null>;
  readonly canUndo: boolean;
}

interface Page {
  readonly rows: readonly RenameView[] | null;
  readonly cursor: string | null;
  readonly total: number | null;
}

/** The repair plan of a run, page by page, and the names that are given in it. */
export function useRenames(task: string, run: string): Renames {
  const client = useClient();
  const [page, setPage] = useState<Page>({ rows: null, cursor: null, total: null });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [steps, setSteps] = useState<readonly { readonly row: RenameView; readonly before: string | null }[]>(
    [],
  );
  const read = useCallback(
    async (after: string | null) => {
      if (!client) return;
      const answer = await ask(() =>
        client.assessments.renames({ run, limit: PAGE, ...(after === null ? {} : { cursor: after }) }),
      );
      setFailure(answer.ok ? null : answer.failure);
      if (!answer.ok) return;
      const { items, cursor, total } = answer.value;
      setPage((held) => ({ rows: after === null ? items : [...(held.rows ?? []), ...items], cursor, total }));
    },
    [client, run],
  );
  useEffect(() => {
    void read(null);
  }, [read]);

  const give = async ({ path, kind }: RenameView, name: string | null): Promise<Failure | null> => {
    if (!client || (kind !== 'file' && kind !== 'folder')) return null;
    const answer = await ask(() => client.assessments.rename({ task, path, kind, name }));
    if (!answer.ok) return answer.failure;
    const { given } = answer.value;
    setPage((held) => ({
      ...held,
      rows: held.rows?.map((row) => (row.path === path ? { ...row, given } : row)) ?? null,
    }));
    return null;
  };
  return {
    rows: page.rows,
    total: page.total,
    more: page.cursor !== null,
    failure,
    readMore: () => void read(page.cursor),
    async rename(row, name) {
      const refused = await give(row, name);
      if (refused === null) setSteps((held) => [...held, { row, before: row.given }]);
      return refused;
    },
    async undo() {
      const last = steps.at(-1);
      if (last === undefined) return null;
      const refused = await give(last.row, last.before);
      setFailure(refused);
      if (refused !== null) return null;
      setSteps((held) => held.slice(0, -1));
      return last.row;
    },
    canUndo: steps.length > 0,
  };
}
