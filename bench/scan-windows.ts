import { parseArgs } from 'node:util';
import { z } from 'zod';
import { project } from '../build/project.ts';
import { bundleForWindows } from '../tests/windows/bundle.ts';
import { obstacle, startWindows } from '../tests/windows/start.ts';

/**
 * How much faster the reader for Windows lists a folder than Node's readdir and stat, on Windows or under Wine, and the access lists a second that it
 * reads. Medians of the rounds. The issue asks for ten times.
 *
 *   node bench/scan-windows.ts [--files 5000] [--rounds 5]
 */
const { values } = parseArgs({
  options: { files: { type: 'string', default: '5000' }, rounds: { type: 'string', default: '5' } },
});

const measuredSchema = z.object({
  files: z.number(),
  readdirAndStatMs: z.array(z.number()),
  readerMs: z.array(z.number()),
  findFirstFileMs: z.array(z.number()),
  accessListMs: z.array(z.number()),
});

const reason = obstacle();
if (reason !== undefined) throw new Error(`there is no Windows here: ${reason}`);
const windows = await startWindows();
try {
  const script = await bundleForWindows(project('tests/windows/inside/measure.ts'), windows.programs);
  const { root, behind } = windows.share ?? windows.drive;
  const { code, said, results } = await windows.run(script, [root, behind, values.files, values.rounds]);
  if (code !== 0 || results === undefined) throw new Error(`exit code ${code}: ${said}`);
  const measured = measuredSchema.parse(JSON.parse(results));
  const slow = median(measured.readdirAndStatMs);
  const [reader, find, access] = [measured.readerMs, measured.findFirstFileMs, measured.accessListMs].map(
    median,
  );
  console.log(
    JSON.stringify(
      {
        files: measured.files,
        medianMs: { readdirAndStat: slow, reader, findFirstFile: find, accessLists100: access },
        timesFaster: { reader: round(slow / (reader ?? 0)), findFirstFile: round(slow / (find ?? 0)) },
      },
      null,
      2,
    ),
  );
} finally {
  await windows.end();
}

function median(numbers: readonly number[]): number {
  return round([...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
