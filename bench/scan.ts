import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureBundle } from '../build/bundles.ts';
import { project } from '../build/project.ts';
import { openSyntheticSource } from '../src-main/source/synthetic/synthetic-source.ts';
import { dryRunInFolder } from './scan/dry-run-of.ts';
import { FILES, FOLDERS, makeTree } from './scan/tree.ts';

/**
 * How fast a tree is read: 200,000 files in 2,000 folders, warm, against `find` and `rclone size`; and a share where each call takes
 * 5 ms. What is measured is bundled, as the product is. What is compared alternates in one run, so that a busy machine is busy for all of them; medians.
 *
 *   npm run bench -- scan [--rounds 5] [--wide 100000] [--only disk|share]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** Files of the share with latency; 20 a folder. */
    wide: { type: 'string', default: '100000' },
    only: { type: 'string', default: '' },
  },
});
const ROUNDS = Number(values.rounds);

interface Sample {
  readonly seconds: number;
  readonly output: string;
}

async function timed(command: string, args: readonly string[], keep: boolean): Promise<Sample | undefined> {
  const from = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', keep ? 'pipe' : 'ignore', 'inherit'] });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | undefined>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  if (code === undefined) return undefined;
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  return { seconds: (performance.now() - from) / 1_000, output };
}

function script(name: string): string {
  return project('out', 'bench', name);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function disk(): Promise<void> {
  const problem = await ensureBundle('bench');
  if (problem) throw new Error(problem);
  const root = await makeTree((line) => console.log(line));
  const contenders = [
    { name: 'find -printf', run: () => timed('find', [root, '-printf', '%s %T@ %p\\n'], false), aim: '' },
    {
      name: 'rclone size',
      run: () => timed('rclone', ['size', '--config', '/dev/null', root], true),
      aim: 'the walk is to be faster',
    },
    {
      name: 'the walk alone',
      run: () => timed(process.execPath, [script('walk.js'), root], true),
      aim: '1.2',
    },
    {
      name: 'the dry run',
      run: () => timed(process.execPath, [script('dry-run.js'), root], true),
      aim: '3.5',
    },
  ] as const;
  const seconds = new Map<string, number[]>();
  // Once before it counts: files in memory, what Node compiled kept.
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const { name, run } of contenders) {
      const sample = await run();
      if (!sample) continue;
      if (name.startsWith('the ') && !sample.output.includes(`"files":${FILES}`))
        throw new Error(`${name} did not find everything: ${sample.output}`);
      if (round >= 0) seconds.set(name, [...(seconds.get(name) ?? []), sample.seconds]);
    }
  }
  const find = median(seconds.get('find -printf') ?? []);
  console.log(
    `\n${FILES.toLocaleString('en')} files in ${FOLDERS.toLocaleString('en')} folders, warm, medians of ${ROUNDS}`,
  );
  for (const { name, aim } of contenders) {
    const took = seconds.get(name);
    const line = took
      ? `${median(took).toFixed(2)} s  ${(median(took) / find).toFixed(2)} x find  [${took.map((one) => one.toFixed(2)).join(' ')}]`
      : 'is not on this machine';
    console.log(`  ${name.padEnd(15)} ${line}${aim ? `  (aim: ${aim})` : ''}`);
  }
}

/** The real engine on a synthetic share of 5 ms a call, against one call after the other. */
async function share(): Promise<void> {
  const files = Number(values.wide);
  const options = { seed: 2, files, folders: Math.ceil(files / 20), line: { latencyMs: 5 } };
  const sleep = async (ms: number): Promise<void> => {
    await delay(ms);
  };
  const one = openSyntheticSource(options, sleep);
  const oneFrom = performance.now();
  const toList = [''];
  for (let path = toList.pop(); path !== undefined; path = toList.pop()) {
    for await (const batch of one.list(path)) {
      for (const { kind, name } of batch.ok ? batch.value : [])
        if (kind === 'folder') toList.push(path === '' ? name : `${path}/${name}`);
    }
  }
  const oneSeconds = (performance.now() - oneFrom) / 1_000;
  const source = openSyntheticSource(options, sleep);
  const from = performance.now();
  const { found } = await dryRunInFolder(source);
  const seconds = (performance.now() - from) / 1_000;
  console.log(
    `\na share with 5 ms a call, ${found.files.toLocaleString('en')} files in ${found.folders.toLocaleString('en')} folders`,
  );
  console.log(`  one after the other  ${oneSeconds.toFixed(2)} s, storing nothing`);
  console.log(
    `  the dry run          ${seconds.toFixed(2)} s, ${(oneSeconds / seconds).toFixed(1)} times faster (aim: 10), ` +
      `at most ${source.line.mostInFlight} calls in flight (aim: 64)`,
  );
}

const processors = cpus();
console.log(
  `${processors[0]?.model ?? 'unknown'}, ${processors.length} cores, Node ${process.versions.node}`,
);
if (values.only !== 'share') await disk();
if (values.only !== 'disk') await share();
