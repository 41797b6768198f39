import { ensureElectron } from '../electron-binary.ts';

/** `node build/run.mjs electron`: fetches the Electron program, for the tests that need the real one. */
const problem = await ensureElectron();
if (problem) console.error(problem);
process.exitCode = problem ? 1 : 0;
