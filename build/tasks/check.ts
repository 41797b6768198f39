import { runSteps } from '../check/run-steps.ts';
import { steps } from '../check/steps.ts';

/** `npm run check`: types, format, lint, arrows and circles, unused code. */
const tally = await runSteps(steps, (line) => console.log(line));
process.exitCode = tally.failed === 0 ? 0 : 1;
