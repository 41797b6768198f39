import { ensureBundle } from '../bundles.ts';

/** `npm run practice`: the rehearsal. Everything after `--` goes to `convoy practice`. */
process.argv.splice(2, 0, 'practice');
const problem = process.argv.includes('--no-screen') ? undefined : await ensureBundle('renderer');
if (problem) {
  console.error(`The screen could not be built:\n${problem}`);
  process.exitCode = 1;
} else {
  await import('../../src-main/headless/main.ts');
}
