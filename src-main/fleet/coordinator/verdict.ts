import { addsUp, type Counts, stillToDo } from '../../../src-shared/model/counts.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { endOf, type RunEvent } from '../../../src-shared/model/run.ts';
import type { RunUnits } from '../../store/fleet-store.ts';
import { parseProblem } from '../parse-problem.ts';

export interface Verdict {
  readonly event: RunEvent;
  readonly problem: Problem | undefined;
}

/** How the units of a run ended. */
export type UnitEnds = Pick<RunUnits, 'done' | 'stopped' | 'setAside'>;

/**
 * What the ends of its units mean for a run. A run whose sums do not add up has failed, whatever its agents say: the accounts are
 * what people rely on, and an error in them is a mistake of the program that has to be seen.
 * @param counts what the coordinator itself has counted
 */
export function verdictOf({ done, stopped, setAside }: UnitEnds, counts: Counts): Verdict {
  if (stopped > 0) return { event: 'stopped', problem: { code: 'stopped-by-you' } };
  const [first] = setAside;
  const reason = first?.failures.at(-1)?.problem;
  if (done === 0 && reason !== undefined) return { event: 'ended-failed', problem: parseProblem(reason) };
  if (!addsUp(counts, true)) {
    const rest = stillToDo(counts);
    const detail = `the accounts do not add up: ${rest.files} files, ${rest.folders} folders, ${rest.others} others and ${rest.bytes} bytes without an outcome`;
    return { event: 'ended-failed', problem: { code: 'unexpected', detail } };
  }
  if (first === undefined) return { event: endOf(counts), problem: undefined };
  const detail = [reason?.code, reason?.where, reason?.detail].filter(Boolean).join(': ');
  return { event: 'ended-with-issues', problem: { code: 'unit-set-aside', where: first.path, detail } };
}
