import { runNode, tools } from '../project.ts';

/** `npm run soak`: the tests again, those with a long form in full (50 kills, 100,000 files). May take an hour. */
process.exitCode = await runNode([tools.vitest, 'run', ...process.argv.slice(2)], {
  env: { ...process.env, CONVOY_SOAK: '1' },
});
