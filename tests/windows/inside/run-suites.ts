import { startTests, type Task, type VitestRunner } from '@vitest/runner';
import type { CaseResult } from '../results.ts';

/** Runs what `register` describes and says how each test ended. */
export async function runSuites(register: () => void): Promise<CaseResult[]> {
  const runner: VitestRunner = {
    config: {
      root: 'C:\\',
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: register,
  };
  const files = await startTests(['C:\\suites'], runner);
  return files.flatMap((file) => [
    ...(file.result?.errors ?? []).map((error) => ({
      name: 'collecting',
      state: 'failed' as const,
      message: `${error.message}\n${error.stack ?? ''}`,
    })),
    ...file.tasks.flatMap((task) => resultsOf(task, '')),
  ]);
}

function resultsOf(task: Task, above: string): CaseResult[] {
  const name = above === '' ? task.name : `${above} > ${task.name}`;
  const errors = (task.result?.errors ?? []).map((error) => error.stack ?? error.message).join('\n');
  if (task.type === 'suite') {
    const own = errors === '' ? [] : [{ name, state: 'failed' as const, message: errors }];
    return [...own, ...task.tasks.flatMap((child) => resultsOf(child, name))];
  }
  if (task.result?.state === 'pass') return [{ name, state: 'passed', message: '' }];
  if (task.mode === 'skip') return [{ name, state: 'skipped', message: noteOf(task.result) }];
  return [{ name, state: 'failed', message: errors || `ended as ${task.result?.state ?? 'nothing'}` }];
}

/** Why a test skipped itself; the types of the runner do not know that it keeps it. */
function noteOf(result: object | undefined): string {
  return result && 'note' in result && typeof result.note === 'string' ? result.note : '';
}
