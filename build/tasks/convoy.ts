import { ensureBundle } from '../bundles.ts';

/** `npx convoy ...`: the command line of src-main/headless; its screen is built when it is going to be shown. */
const command = process.argv[2] ?? '';
const needsScreen = ['practice', 'serve'].includes(command) && !process.argv.includes('--help');
const problem = needsScreen ? await ensureBundle('renderer') : undefined;
if (problem) {
  console.error(`The screen could not be built:\n${problem}`);
  process.exitCode = 1;
} else {
  await import('../../src-main/headless/main.ts');
}
