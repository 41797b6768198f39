import { ensureBundle } from '../build/bundles.ts';
import { project, runNode } from '../build/project.ts';

/** What more machines bring: see fleet/run.ts, which is run bundled, as the product is: in a checkout every thread strips types of its own. */
const problem = await ensureBundle('bench');
if (problem) throw new Error(problem);
process.exitCode = await runNode([project('out/bench/fleet.js'), ...process.argv.slice(2)]);
