import { join } from 'node:path';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import type { Problem } from '../../src-shared/model/problem.ts';
import type { Assessment } from '../report/assessment/assessment.ts';
import { visible } from '../report/hostile-text.ts';
import { explain, type RunFigures, runSummary } from '../report/run-summary.ts';
import { summaryText } from '../report/summary-text.ts';
import { type ExitCode, exitCodeBefore, exitCodeOf, exitCodes } from './exit-codes.ts';
import { filterText } from './filter-text.ts';
import { gentleText } from './gentle-text.ts';
import { onInterrupt } from './interrupts.ts';
import type { HeadlessMachine } from './open-machine.ts';
import { problemText } from './problem-text.ts';
import { ProgressPrinter } from './progress-printer.ts';
import { stepText } from './report-progress.ts';
import { type CopyWish, runTask } from './run-task.ts';
import type { Terminal } from './terminal.ts';

/** What came of it. */
export interface Ended {
  readonly code: ExitCode;
  /** Undefined when no run came about. */
  readonly figures: RunFigures | undefined;
  /** Of a dry run. */
  readonly assessment: Assessment | undefined;
}

/** What is printed of a run that is over: for people, and with --json. */
export type Tell = (
  figures: RunFigures,
  assessment: Assessment | undefined,
) => { readonly text: string; readonly json: object };

/** The accounts of a run. */
export const tellRun: Tell = (figures) => ({ text: summaryText(figures), json: runSummary(figures) });

/** How it is told, and what is looked at besides. */
export interface Manner {
  readonly tell?: Tell;
  /** Looks for files with the same content, of at least so many bytes. */
  readonly duplicatesOf?: number | undefined;
}

/** Says from where to where, copies, shows how it goes on stderr, and prints what came of it on stdout. */
export async function runAndReport(
  machine: HeadlessMachine,
  wish: CopyWish,
  terminal: Terminal,
  json: boolean,
  { tell = tellRun, duplicatesOf }: Manner = {},
): Promise<Ended> {
  const { stderr, stdout } = terminal;
  const about = await machine.client.machine.about();
  for (const notice of about.notices) stderr.write(problemText(notice));

  const printer = new ProgressPrinter(stderr, terminal.now);
  const stop = stopOnInterrupt(machine, terminal, printer);
  const ended = await runTask(machine.client, wish, {
    async found(task) {
      // Before the first byte, so that a wrong address can still be stopped.
      const to = await machine.placeOf(task);
      stderr.write(`From:   ${visible(task.source)}\nTo:     ${visible(to ?? '(no destination named)')}\n\n`);
    },
    filtered: (filters) => stderr.write(`${filterText(filters)}\n`),
    spared: (gentle) => stderr.write(`${gentleText(gentle)}\n`),
    named: (names) => stderr.write(`Names:  ${names} of the repair plan\n\n`),
    introduced: (people) => stderr.write(`People: ${people} of the list\n\n`),
    started: (task) => stop.started(task.id),
    row: (row) => printer.show(row),
  });
  printer.clear();
  stop.done();
  const unable = (problem: Problem): Ended => ({
    code: failedBefore(problem, terminal, json),
    figures: undefined,
    assessment: undefined,
  });
  if (!ended.ok) return unable(ended.problem);

  const { run } = ended.value;
  if (run === null) return unable({ code: 'unexpected', detail: 'the run is gone' });
  const asked = duplicatesOf === undefined ? undefined : stopAsking(terminal, printer);
  const report = await machine.report(run.id, {
    tell: (...step) => printer.note(stepText(...step)),
    duplicates: asked && { leastBytes: duplicatesOf ?? 1, signal: asked.signal },
  });
  asked?.done();
  printer.clear();
  const figures = await machine.figures(run.id);
  if (!figures.ok) return unable(figures.problem);

  const { problem } = figures.value.run;
  if (problem) stderr.write(problemText({ ...problem, code: codeOf(ended.value, problem.code) }));
  if (!report.ok) stderr.write(problemText(report.problem));
  const assessment = report.ok ? report.value.assessment : undefined;
  const told = tell(figures.value, assessment);
  stdout.write(json ? `${JSON.stringify(told.json)}\n` : `\n${told.text}`);
  const into = json ? stderr : stdout;
  if (report.ok) {
    const { folder, files, signedBy } = report.value;
    into.write(
      `\nReport: ${files.map((file) => join(folder, file)).join('\n        ')}\nSigned: ${signedBy}\n`,
    );
  }
  return { code: exitCodeOf(figures.value.run.state), figures: figures.value, assessment };
}

/** The row's reason is the run's problem with its code checked against the catalogue. */
function codeOf(row: TaskRow, code: string): Problem['code'] {
  return row.reason?.code === code ? row.reason.code : 'unexpected';
}

/** Nothing was copied: the problem on stderr, and with --json on stdout as well, so that a script gets an object in any case. */
export function failedBefore(problem: Problem, { stderr, stdout }: Terminal, json: boolean): ExitCode {
  stderr.write(problemText(problem));
  if (json) {
    const { title, cause, remedy } = explain(problem.code);
    stdout.write(`${JSON.stringify({ problem: { ...problem, title, cause, remedy } })}\n`);
  }
  return exitCodeBefore(problem.code);
}

/** While files are compared after a run: Ctrl+C ends that, and what was found until then is told. Once more: without waiting for anything. */
function stopAsking(
  { stderr, signals, now, exit }: Terminal,
  printer: ProgressPrinter,
): { readonly signal: AbortSignal; done(): void } {
  const stop = new AbortController();
  const done = onInterrupt(signals, now, (times) => {
    if (times > 1) exit(exitCodes.stopped);
    stop.abort();
    printer.clear();
    stderr.write(
      'No more files are compared; what was found until now is told. Ctrl+C again leaves at once.\n',
    );
  });
  return { signal: stop.signal, done };
}

/** Ctrl+C once: the files in flight are finished. Twice: at once. A third time: without waiting for anything. */
function stopOnInterrupt(
  machine: HeadlessMachine,
  { stderr, signals, now, exit }: Terminal,
  printer: ProgressPrinter,
): { started(task: string): void; done(): void } {
  let task: string | undefined;
  let wanted: 'finish' | 'stop' | undefined;
  const order = (): void => {
    if (task === undefined || wanted === undefined) return;
    machine.client.tasks.order({ task, order: wanted }).then(
      // A run that ended in the meantime refuses (wrong-state), and the end is what was wanted.
      (result) =>
        !result.ok && result.problem.code !== 'wrong-state' && stderr.write(problemText(result.problem)),
      (error: unknown) => stderr.write(`The order to stop could not be given: ${String(error)}\n`),
    );
  };
  const done = onInterrupt(signals, now, (times) => {
    if (times > 2) exit(exitCodes.stopped);
    wanted = times === 1 ? 'finish' : 'stop';
    printer.clear();
    stderr.write(
      times === 1
        ? 'Stopping: files in flight are being finished. Ctrl+C again stops at once; the same command goes on later.\n'
        : 'Stopping at once; the same command goes on later.\n',
    );
    order();
  });
  return {
    started(id) {
      task = id;
      order();
    },
    done,
  };
}
