import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { ensureBundle } from '../build/bundles.ts';
import { scenarios } from './transfer/scenarios.ts';

/**
 * How fast Convoy copies into the practice tenant, side by side with two yardsticks: Debian's rclone, and the limit, a bare loop of
 * ready-made requests on as many connections. Convoy is its command line from the built bundle, in a process of its own, start
 * and report included. All speak https to the same tenant; medians, the contenders taking turns.
 *
 *   npm run bench -- transfer [--only small-0,small-40] [--rounds 5] [--rclone-rounds 5] [--scale 1] [--quick] [--json]
 *
 * `--scale 0.1` copies a tenth. rclone keeps a pace of its own (100 calls a second at most), so fewer rounds of it do.
 * rclone needs Linux, root and namespaces: without them it is left out, and that is said.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: scenarios.map(({ name }) => name).join() },
    rounds: { type: 'string' },
    'rclone-rounds': { type: 'string' },
    scale: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
const names = values.only.split(',');
const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join()}`);

const problem = await ensureBundle('main');
if (problem !== undefined) throw new Error(problem);
const obstacle = whyWithoutRclone();
if (obstacle !== undefined) process.stderr.write(`without rclone: ${obstacle}\n`);

const order = {
  ...{ names, rounds, json: values.json },
  rcloneRounds: Number(values['rclone-rounds'] ?? rounds),
  scale: Number(values.scale ?? (values.quick ? 0.1 : 1)),
  withRclone: obstacle === undefined,
};
const inside = [new URL('./transfer/inside.ts', import.meta.url).pathname, JSON.stringify(order)];
const own = ['--mount', '--net', '--propagation', 'private', process.execPath];
const child =
  obstacle === undefined
    ? spawn('unshare', [...own, ...inside], { stdio: 'inherit' })
    : spawn(process.execPath, inside, { stdio: 'inherit' });
const [code] = await once(child, 'exit');
process.exitCode = code === 0 ? 0 : 1;

/** Undefined: it can be asked. */
function whyWithoutRclone(): string | undefined {
  if (process.platform !== 'linux') return 'it is asked on Linux only: namespaces of its own';
  if (process.getuid?.() !== 0) return 'it needs root: namespaces of its own and port 443';
  for (const [command = '', ...args] of [
    ['rclone', 'version'],
    ['unshare', '--mount', '--net', 'true'],
    ['ip', '-V'],
  ]) {
    try {
      execFileSync(command, args, { stdio: 'ignore' });
    } catch (error) {
      return `'${[command, ...args].join(' ')}' does not work here: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}
