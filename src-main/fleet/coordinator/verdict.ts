import type { UnitEnd } from '../../../src-shared/contract/fleet.ts';
import { addsUp, type Counts, stillToDo } from '../../../src-shared/model/counts.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { endOf, type RunEvent } from '../../../src-shared/model/run.ts';
import { parseProblem } from '../parse-problem.ts';

export interface Verdict {
  readonly event: RunEvent;
  readonly problem: Problem | undefined;
}

/**
 * What the end of its unit means for a run. A run whose sums do not add up has failed, whatever its agent says: the accounts are
 * what people rely on, and an error in them is a mistake of the program that has to be seen.
 * @param counts what the coordinator itself has counted
 */
export function verdictOf(end: UnitEnd, counts: Counts): Verdict {
  switch (end.how) {
    case 'failed':
      return { event: 'ended-failed', problem: parseProblem(end.problem) };
    case 'stopped':
      return { event: 'stopped', problem: { code: 'stopped-by-you' } };
    case 'done': {
      if (addsUp(counts, true)) return { event: endOf(counts), problem: undefined };
      const rest = stillToDo(counts);
      const detail = `the accounts do not add up: ${rest.files} files, ${rest.folders} folders, ${rest.others} others and ${rest.bytes} bytes without an outcome`;
      return { event: 'ended-failed', problem: { code: 'unexpected', detail } };
    }
  }
}
