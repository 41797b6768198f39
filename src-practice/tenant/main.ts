import { practiceOptionsSchema } from './options.ts';
import { startPracticeTenant } from './server.ts';

/**
 * The practice tenant as a process of its own: `node main.ts '{"ruPerMinute":1250}'`. Prints one line of JSON when
 * it listens; ends when its standard input does (so it never outlives its parent) or on SIGTERM, and on SIGINT only
 * when it is itself what sits at the terminal: Ctrl+C reaches every process there, and whoever started a tenant still
 * has uploads to finish in it.
 */
const options = practiceOptionsSchema.safeParse(JSON.parse(process.argv[2] ?? '{}'));
if (!options.success) {
  process.stderr.write(`practice tenant: ${options.error.message}\n`);
  process.exit(2);
}
const { control: _control, entra: _entra, close, ...facts } = await startPracticeTenant(options.data);

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`practice tenant: ${String(error)}\n`);
      process.exit(1);
    },
  );
};
process.stdin.on('end', end).on('close', end).on('error', end).resume();
process.on('SIGTERM', end);
process.on('SIGINT', () => process.stdin.isTTY && end());
process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, ...facts })}\n`);
