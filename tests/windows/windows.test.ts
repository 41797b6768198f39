import { describe, expect, it } from 'vitest';
import { project } from '../../build/project.ts';
import { bundleForWindows } from './bundle.ts';
import { type CaseResult, type Report, reportSchema } from './results.ts';
import { obstacle, startWindows } from './start.ts';

const reason = obstacle();

const where = process.platform === 'win32' ? 'on Windows' : 'on node.exe under Wine';

describe(`the reader for Windows shares, ${where}`, async () => {
  if (reason !== undefined) {
    it.skip(
      `conformance on C:\\ and \\\\SERVER\\SHARE, long paths, locks, access lists [skipped: ${reason}]`,
    );
    return;
  }
  const { report, said, suites } = await runInside();

  it('ran to its end, with every suite', () => {
    expect(report, said).toBeDefined();
    const ran = new Set(report?.cases.map(({ name }) => name.split(' > ')[0]));
    expect(ran.size).toBe(suites);
  });

  for (const one of report?.cases ?? []) {
    it(one.name, ({ skip }) => {
      if (one.state === 'skipped') skip(one.message);
      expect(one.state, one.message).toBe('passed' satisfies CaseResult['state']);
    });
  }
});

async function runInside(): Promise<{ report: Report | undefined; said: string; suites: number }> {
  const windows = await startWindows();
  try {
    const script = await bundleForWindows(project('tests/windows/inside/main.ts'), windows.programs);
    const places = JSON.stringify([windows.drive, windows.share].filter((place) => place !== undefined));
    const system = process.platform === 'win32' ? 'windows' : 'wine';
    const { code, said, results } = await windows.run(script, [places, system]);
    return {
      report: code === 0 && results !== undefined ? reportSchema.parse(JSON.parse(results)) : undefined,
      said: `exit code ${code}: ${said}`,
      suites: windows.share === undefined ? 3 : 5,
    };
  } finally {
    await windows.end();
  }
}
