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
  home: homedir(),
  now: Date.now,
  exit: (code) => process.exit(code),
});
