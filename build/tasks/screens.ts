import { project, runNode } from '../project.ts';

/** `npm run screens`: a picture of every route and state of the screen, light and dark, in docs/screens. Words choose some of them. */
process.exitCode = await runNode([project('tests/browser/take-screens.ts'), ...process.argv.slice(2)]);
