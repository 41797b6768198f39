import { useEffect, useState } from 'react';
import type { AssessmentView } from '../../src-shared/contract/assessments.ts';
import type { Failure } from './ask.ts';
import { useClient } from './connection.ts';

interface Heard {
  readonly run: string;
  readonly view: AssessmentView | null;
  readonly failure: Failure | null;
}

/** The figures of a run that has ended, or how far they are. @param run null while there is none to ask about */
export function useAssessment(run: string | null): Pick<Heard, 'view' | 'failure'> & { again(): void } {
  const client = useClient();
  const [heard, setHeard] = useState<Heard | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!client || run === null) return;
    // Asked anew by `round`, which says nothing else.
    void round;
    const abort = new AbortController();
    const follow = async () => {
      try {
        for await (const answer of await client.assessments.watch({ run }, { signal: abort.signal })) {
          if (answer.ok) setHeard({ run, view: answer.value, failure: null });
          else setHeard({ run, view: null, failure: { kind: 'problem', problem: answer.problem } });
        }
      } catch (error) {
        if (abort.signal.aborted) return;
        const detail = error instanceof Error ? error.message : String(error);
        setHeard((held) => ({
          run,
          view: held?.run === run ? held.view : null,
          failure: { kind: 'unanswered', detail },
        }));
      }
    };
    void follow();
    return () => abort.abort();
  }, [client, run, round]);
  const mine = heard?.run === run ? heard : null;
  return {
    view: mine?.view ?? null,
    failure: mine?.failure ?? null,
    again: () => setRound((rounds) => rounds + 1),
  };
}
