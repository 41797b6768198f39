#!/usr/bin/env node
// The command `convoy` of a checkout (`npx convoy ...`): the same set-up as the npm scripts, then the command line.
import { problemWithNode } from './setup/node-version.mjs';

const problem = problemWithNode(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  // Without words that an old Node does not know: it would tell of a mistake in this file, not of its age.
  void import('./setup/run-task.mjs')
    .then(({ runTask }) => runTask('convoy', process.argv.slice(2)))
    .then((code) => {
      process.exitCode = code;
    });
}
