import { useEffect, useState } from 'react';
import type { Sample, TaskRow } from '../../src-shared/contract/console-types.ts';
import type { Failure } from './ask.ts';
import { useClient } from './connection.ts';
import { addSample } from './series.ts';

const AGAIN_MS = 2_000;

interface WatchedTask {
  /** The last that was heard; kept when the connection is lost. */
  readonly row: TaskRow | null;
  readonly failure: Failure | null;
  /** Speeds since the page was opened, at most 15 minutes. */
  readonly samples: readonly Sample[];
  /** Takes the answer to an order before the watch brings it. */
  readonly accept: (row: TaskRow) => void;
}

/** Follows one task for as long as its page is open, over lost and new connections. */
export function useTask(task: string): WatchedTask {
  const client = useClient();
  const [row, setRow] = useState<TaskRow | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (!client) return;
    const abort = new AbortController();
    const once = async () => {
      for await (const answer of await client.tasks.watch({ task }, { signal: abort.signal })) {
        if (!answer.ok) {
          setFailure({ kind: 'problem', problem: answer.problem });
          continue;
        }
        setFailure(null);
        setRow(answer.value);
        const { sample } = answer.value;
        if (sample) setSamples((held) => addSample(held, sample));
      }
    };
    const follow = async () => {
      while (!abort.signal.aborted) {
        try {
          await once();
        } catch (error) {
          if (abort.signal.aborted) return;
          const detail = error instanceof Error ? error.message : String(error);
          setFailure({ kind: 'unanswered', detail });
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void follow();
    return () => abort.abort();
  }, [client, task]);
  return { row, failure, samples, accept: setRow };
}
