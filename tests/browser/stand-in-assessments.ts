import { implement } from '@orpc/server';
import type { AssessmentView, RenameView } from '../../src-shared/contract/assessments.ts';
import { consoleContract } from '../../src-shared/contract/console.ts';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { failed, ok, type Problem } from '../../src-shared/model/problem.ts';

/** The assessments of the stand-in machine; tests change them while the page is open. */
export interface AssessmentWorld {
  rows: TaskRow[];
  /** What is told of every run that was assessed. */
  assessment: AssessmentView | null;
  renames: RenameView[];
  /** A refusal for the next order about an assessment. */
  refuseAssessment: Problem | null;
}

export const noAssessmentWorld = (): Omit<AssessmentWorld, 'rows'> => ({
  assessment: null,
  renames: [],
  refuseAssessment: null,
});

/** Answers `assessments` of the console contract from a world. */
export function assessmentAnswers(world: AssessmentWorld, note: (what: string, input: unknown) => void) {
  const os = implement(consoleContract);
  const assessed = () => world.rows.filter(({ task }) => task.settings.dryRun);
  const refused = () =>
    world.refuseAssessment ? { ok: false as const, problem: world.refuseAssessment } : undefined;
  return {
    assessments: {
      start: os.assessments.start.handler(({ input }) => {
        note('assess', input);
        const [row] = assessed();
        return refused() ?? (row ? ok(row) : failed('source-missing', { where: input.source }));
      }),
      list: os.assessments.list.handler(() => ({ assessments: assessed(), cursor: null })),
      watch: os.assessments.watch.handler(async function* ({ input }) {
        yield world.assessment ? ok(world.assessment) : failed('not-found', { where: input.run });
      }),
      renames: os.assessments.renames.handler(() =>
        ok({ items: world.renames, cursor: null, total: world.renames.length }),
      ),
      rename: os.assessments.rename.handler(({ input }) => {
        note('rename', input);
        const no = refused();
        if (no) return no;
        world.renames = world.renames.map((row) =>
          row.path === input.path ? { ...row, given: input.name } : row,
        );
        return ok({ given: input.name });
      }),
      renamesCsv: os.assessments.renamesCsv.handler(() =>
        ok({ text: 'path,kind,name after\r\n', cursor: null }),
      ),
    },
  };
}
