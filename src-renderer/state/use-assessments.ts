import { useCallback, useEffect, useState } from 'react';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { askPlain, type Failure } from './ask.ts';
import { useClient } from './connection.ts';

const PAGE = 50;
/** While one of them goes on, the list is read again this often. */
const REFRESH_MS = 3_000;

interface Assessments {
  /** Null before the first answer. */
  readonly rows: readonly TaskRow[] | null;
  readonly failure: Failure | null;
  readonly more: boolean;
  readonly readMore: () => void;
}

const goesOn = ({ state }: TaskRow) => ['waiting', 'running', 'pausing', 'stopping'].includes(state);

/** The assessments that are kept, newest first. */
export function useAssessments(): Assessments {
  const client = useClient();
  const [rows, setRows] = useState<readonly TaskRow[] | null>(null);
  const [wanted, setWanted] = useState(PAGE);
  const [more, setMore] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const read = useCallback(async () => {
    if (!client) return;
    const read: TaskRow[] = [];
    let cursor: string | null | undefined;
    do {
      const answer = await askPlain(() =>
        client.assessments.list({ limit: PAGE, ...(cursor ? { cursor } : {}) }),
      );
      if (!answer.ok) return setFailure(answer.failure);
      read.push(...answer.value.assessments);
      cursor = answer.value.cursor;
    } while (cursor !== null && read.length < wanted);
    setFailure(null);
    setRows(read);
    setMore(cursor !== null);
  }, [client, wanted]);
  useEffect(() => {
    void read();
  }, [read]);
  const live = rows?.some(goesOn) ?? false;
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [live, read]);
  return { rows, failure, more, readMore: () => setWanted((held) => held + PAGE) };
}
