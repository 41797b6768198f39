import { implement } from '@orpc/server';
import { consoleContract } from '../../src-shared/contract/console.ts';
import { failed } from '../../src-shared/model/problem.ts';

/** Answers `assessments` of the console contract: there are none. */
export function assessmentAnswers() {
  const os = implement(consoleContract);
  return {
    assessments: {
      start: os.assessments.start.handler(() => failed('source-missing')),
      list: os.assessments.list.handler(() => ({ assessments: [], cursor: null })),
      watch: os.assessments.watch.handler(async function* () {
        yield failed('not-found');
      }),
      renames: os.assessments.renames.handler(() => failed('not-found')),
      rename: os.assessments.rename.handler(() => failed('not-found')),
      renamesCsv: os.assessments.renamesCsv.handler(() => failed('not-found')),
    },
  };
}
