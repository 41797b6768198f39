import { type Bundle, ensureBundle } from '../bundles.ts';

/** `npm run build`: the bundles of the desktop app in out/, those that are not up to date. */
const names: readonly Bundle[] = ['renderer', 'preload', 'main'];
for (const name of names) {
  const problem = await ensureBundle(name);
  if (problem) {
    console.error(`${name}: ${problem}`);
    process.exitCode = 1;
    break;
  }
  console.log(`${name}: up to date`);
}
