import { ensureBundle } from '../build/bundles.ts';
import { project, runNode } from '../build/project.ts';

/** What a coordinator of many machines costs: see fleet-coordinator/run.ts, which is run bundled, as the product is. */
const problem = await ensureBundle('bench');
if (problem) throw new Error(problem);
process.exitCode = await runNode([project('out/bench/fleet-coordinator.js'), ...process.argv.slice(2)]);
