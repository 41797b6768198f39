import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Report } from '../results.ts';
import { describeCases } from './cases.ts';
import { conformance } from './conformance.ts';
import { databaseCases } from './database.ts';
import { runSuites } from './run-suites.ts';

/** Runs under node.exe: `main.js RESULTS PLACES SYSTEM`; results are written at its end, places are JSON, the system is `wine` or `windows`. */
const [, , results = '', places = '', system = ''] = process.argv;

const placesSchema = z.array(z.object({ root: z.string(), behind: z.string() }));
const [drive, ...shares] = placesSchema.parse(JSON.parse(places));
if (drive === undefined) throw new Error('no place to work in');

const cases = await runSuites(() => {
  for (const place of [drive, ...shares]) {
    conformance({
      ...place,
      canForbid: place === drive && system === 'windows',
      canLink: system === 'windows',
    });
    describeCases(place, system === 'windows');
  }
  databaseCases(`${drive.root}\\database`);
});
writeFileSync(results, JSON.stringify({ node: process.version, cases } satisfies Report));
