import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Result } from '../../src-shared/model/problem.ts';

/** A folder of its own for the test that is running; removed when it is over. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'convoy-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The value, or a failing test that says why there is none. */
export function need<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.problem));
}
