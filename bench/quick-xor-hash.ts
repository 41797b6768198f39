import { QuickXorHash } from '../src-shared/rules/quick-xor-hash.ts';

/**
 * How fast one thread hashes: fragments of 10 MiB as a large file has them. By the clock and by processor time, which
 * other work on the machine does not change. Aim: 1.5 GB/s.
 *
 *   npm run bench -- quick-xor-hash
 */
const FRAGMENT = 10_485_760;
const FRAGMENTS = 100;
const ROUNDS = 5;

const bytes = new Uint8Array(FRAGMENT).map((_, i) => i * 31);
const rounds = Array.from({ length: ROUNDS }, () => {
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
  const hash = new QuickXorHash();
  for (let i = 0; i < FRAGMENTS; i++) hash.update(bytes);
  hash.digest();
  const { user, system } = process.cpuUsage(cpuFrom);
  const gigabytes = (FRAGMENT * FRAGMENTS) / 1e9;
  return [gigabytes / ((performance.now() - from) / 1e3), gigabytes / ((user + system) / 1e6)] as const;
});
const median = (of: 0 | 1): string =>
  (rounds.map((round) => round[of]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN).toFixed(2);
console.log(`${median(0)} GB/s by the clock, ${median(1)} GB a second of processor time`);
