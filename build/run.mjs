// The one door of every npm script: looks at Node, installs what is missing, then runs a task of build/tasks
// under the project's own Node 24. Nothing but Node's own modules may be imported here or in build/setup.
import { problemWithNode } from './setup/node-version.mjs';

const problem = problemWithNode(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  // Without words that an old Node does not know: it would tell of a mistake in this file, not of its age.
  void import('./setup/run-task.mjs')
    .then(({ runTask }) => runTask(process.argv[2] || '', process.argv.slice(3)))
    .then((code) => {
      process.exitCode = code;
    });
}
