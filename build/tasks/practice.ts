import { ensureBundle } from '../bundles.ts';

/** `npm run practice`: the rehearsal. Everything after `--` goes to `convoy practice`. */
process.argv.splice(2, 0, 'practice');
const needsScreen = !['--no-screen', '--help', '-h'].some((word) => process.argv.includes(word));
const problem = needsScreen ? await ensureBundle('renderer') : undefined;
if (problem) {
  console.error(`The screen could not be built:\n${problem}`);
  process.exitCode = 1;
} else {
  await import('../../src-main/headless/main.ts');
}
