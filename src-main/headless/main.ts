import '../host/lean-memory.ts';
import { homedir } from 'node:os';
import { productVersion } from '../host/product-version.ts';
import { runCommandLine } from './command-line.ts';

// Whoever reads the output may stop doing so (`| head`): a closed pipe is no reason to end a copy.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** The program: `convoy` of a checkout, and out/main/headless.js. */
process.exitCode = await runCommandLine(process.argv.slice(2), productVersion, {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signals: process,
  platform: process.platform,
  home: homeFolder(),
  now: Date.now,
  exit: (code) => process.exit(code),
});

/** Empty for an account without one: HOME not set, and no entry in the list of users. */
function homeFolder(): string {
  try {
    return homedir();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR') return '';
    throw error;
  }
}
