#!/usr/bin/env node
// The command `convoy` of a checkout (`npx convoy ...`): the same set-up as the npm scripts, then the command line.
import { problemWithNode } from './setup/node-version.mjs';

const problem = problemWithNode(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  const { runTask } = await import('./setup/run-task.mjs');
  process.exitCode = await runTask('convoy', process.argv.slice(2));
}
