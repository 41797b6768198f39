import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../../build/project.ts';
import { bundleForWindows } from './bundle.ts';
import { type CaseResult, type Report, reportSchema } from './results.ts';
import { directPath, obstacle, startWindows, windowsPath } from './wine.ts';

/** The whole of it takes some 20 seconds here. */
const LIMIT_MS = 100_000;

const reason = obstacle();

describe('the reader for Windows shares, on node.exe under Wine', async () => {
  if (reason !== undefined) {
    it.skip(
      `conformance on C:\\ and \\\\SERVER\\SHARE, long paths, locks, access lists [skipped: ${reason}]`,
    );
    return;
  }
  const { report, said } = await runInside();

  it('ran to its end, with every suite', () => {
    expect(report, said).toBeDefined();
    expect(report?.node).toMatch(/^v22\./);
    const suites = new Set(report?.cases.map(({ name }) => name.split(' > ')[0]));
    expect(suites.size).toBe(5);
  });

  for (const one of report?.cases ?? []) {
    it(one.name, ({ skip }) => {
      if (one.state === 'skipped') skip(one.message);
      expect(one.state, one.message).toBe('passed' satisfies CaseResult['state']);
    });
  }
});

async function runInside(): Promise<{ report: Report | undefined; said: string }> {
  const windows = await startWindows();
  try {
    const script = await bundleForWindows(project('tests/windows/inside/main.ts'), windows.programs);
    const results = join(windows.programs, 'results.json');
    const args = [windowsPath(results), directPath(windows.drive), directPath(windows.share)];
    const { code, said } = await windows.run(windowsPath(script), args, LIMIT_MS);
    const text = code === 0 ? readFileSync(results, 'utf8') : undefined;
    return {
      report: text === undefined ? undefined : reportSchema.parse(JSON.parse(text)),
      said: `exit code ${code}: ${said}`,
    };
  } finally {
    await windows.end();
  }
}
