import { isCode, lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { type CatalogueEntry, type Severity, severityRank } from '../../src-shared/catalogue/entry.ts';
import { addsUp, type Counts, stillToDo, type Tally } from '../../src-shared/model/counts.ts';
import { type Outcome, outcomes } from '../../src-shared/model/item.ts';
import type { PaceRow } from '../../src-shared/model/pace.ts';
import { isComplete } from '../../src-shared/model/run.ts';
import type { Run, Task } from '../../src-shared/model/task.ts';
import type { Usage } from '../../src-shared/model/usage.ts';
import { utc } from './format.ts';

/** What is said about a run; everything but its items. */
export interface RunFigures {
  readonly task: Task;
  readonly run: Run;
  readonly counts: Counts;
  readonly usage: Usage;
  /** What it did and waited for over time, oldest first. */
  readonly pace: readonly PaceRow[];
}

/** Items with one code, with what the catalogue says about it. */
export interface CodeGroup {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
  readonly items: number;
  readonly bytes: number;
}

/** The outcomes that a run of this task can have: a dry run plans where another copies. */
export function outcomesOf({ settings }: Task): readonly Outcome[] {
  const other = settings.dryRun ? 'copied' : 'planned';
  const order: readonly Outcome[] = settings.dryRun ? ['planned', ...outcomes] : outcomes;
  return [...new Set(order)].filter((outcome) => outcome !== other);
}

/** The figures of a run as one JSON object: `summary.json`, and what `--json` prints. Fields are only ever added. */
export interface RunSummary {
  readonly state: Run['state'];
  readonly task: {
    readonly id: string;
    readonly name: string;
    readonly source: string;
    readonly destination: string;
  };
  readonly run: {
    readonly id: string;
    readonly number: number;
    /** ISO 8601, UTC. */
    readonly startedAt: string;
    readonly endedAt: string | null;
    readonly problem: Explained | null;
  };
  /** Files, folders, others and bytes: found, by outcome, by grade, by code. */
  readonly counts: Counts;
  /** Found and without an outcome. */
  readonly left: Tally;
  /** Found is the sum of all outcomes; while the run lives, together with what is left. */
  readonly addsUp: boolean;
  /** Nothing was written: what is `planned` is what would be copied. */
  readonly dryRun: boolean;
  /** Seconds during which it was worked on, over all starts of the program. */
  readonly seconds: number;
  readonly requests: number;
  readonly resourceUnits: number;
  /** Requests that had to be repeated. */
  readonly retries: number;
  readonly bytesSent: number;
  /** The codes of `counts` explained: errors first, then by how many items they hold. */
  readonly findings: readonly CodeGroup[];
}

interface Explained {
  readonly code: string;
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
  readonly where?: string | undefined;
  readonly detail?: string | undefined;
}

export function runSummary({ task, run, counts, usage }: RunFigures): RunSummary {
  const { dryRun } = task.settings;
  return {
    state: run.state,
    task: { id: task.id, name: task.name, source: task.source, destination: task.destination },
    run: {
      id: run.id,
      number: run.number,
      startedAt: utc(run.startedAt),
      endedAt: run.endedAt === null ? null : utc(run.endedAt),
      problem: run.problem === null ? null : explained(run.problem),
    },
    counts,
    left: stillToDo(counts),
    addsUp: addsUp(counts, isComplete(run.state)),
    dryRun,
    seconds: Math.round(usage.workedMs) / 1_000,
    requests: usage.requests,
    resourceUnits: usage.resourceUnits,
    retries: usage.retries,
    bytesSent: usage.bytesSent,
    findings: codeGroups(counts),
  };
}

/** Findings by code: errors first, then by how many items they hold. */
export function codeGroups(counts: Counts): CodeGroup[] {
  return groupsOf(Object.entries(counts.byCode));
}

/** The same of codes that are counted in another way. */
export function groupsOf(
  counted: readonly (readonly [code: string, { readonly items: number; readonly bytes: number }])[],
): CodeGroup[] {
  return counted
    .filter(([, { items }]) => items > 0)
    .map(([code, { items, bytes }]) => {
      const { severity, title, cause, remedy } = explain(code);
      return { code, severity, title, cause, remedy, items, bytes };
    })
    .sort(
      (a, b) =>
        severityRank[a.severity] - severityRank[b.severity] ||
        b.items - a.items ||
        (a.code < b.code ? -1 : 1),
    );
}

/** The catalogue's entry. A code that this version does not know (a report of a newer one) explains itself as unforeseen. */
export function explain(code: string): CatalogueEntry {
  return lookUp(isCode(code) ? code : 'unexpected');
}

function explained(problem: NonNullable<Run['problem']>): Explained {
  const { title, cause, remedy } = explain(problem.code);
  return { ...problem, title, cause, remedy };
}
