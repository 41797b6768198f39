import { writeFileSync } from 'node:fs';
import type { Report } from '../results.ts';
import { describeCases } from './cases.ts';
import { conformance } from './conformance.ts';
import { databaseCases } from './database.ts';
import { runSuites } from './run-suites.ts';

/** Runs under node.exe: `main.js RESULTS DRIVE SHARE`, a file that this writes at its end, and where C: and the share are behind Wine. */
const [, , results = '', drive = '', share = ''] = process.argv;

const cases = await runSuites(() => {
  conformance('a drive (C:\\)', 'C:\\conformance', `${drive}\\conformance`);
  conformance('a share (\\\\SERVER\\SHARE)', '\\\\SERVER\\SHARE\\conformance', `${share}\\conformance`);
  describeCases('C:\\cases', `${drive}\\cases`);
  describeCases('\\\\SERVER\\SHARE\\cases', `${share}\\cases`);
  databaseCases('C:\\database');
});
writeFileSync(results, JSON.stringify({ node: process.version, cases } satisfies Report));
