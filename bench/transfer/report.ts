import type { Contender, Scenario } from './scenarios.ts';
import type { Share } from './share.ts';
import type { Copied } from './stage.ts';

/** What one contender did in one scenario: medians over its rounds. */
export interface Line {
  readonly contender: Contender;
  readonly rounds: number;
  readonly files: number;
  readonly seconds: number;
  readonly filesPerSecond: number;
  readonly megabytesPerSecond: number;
  readonly requestsAFile: number;
  readonly requests: number;
  readonly unitsAFile: number;
  readonly units: number;
  readonly versionsAFile: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  /** The worst round, not the median: what must be zero. */
  readonly retriesEarly: number;
  readonly bytesTwice: number;
  /** Rounds that ended with an error or left a file out. */
  readonly failed: number;
}

export function lineOf(contender: Contender, share: Share, rounds: readonly Copied[], second: boolean): Line {
  const of = (figure: (round: Copied) => number): number => median(rounds.map(figure));
  const worst = (figure: (round: Copied) => number): number => Math.max(...rounds.map(figure));
  const seconds = of((round) => round.seconds);
  return {
    ...{ contender, rounds: rounds.length, files: share.files, seconds },
    filesPerSecond: share.files / seconds,
    megabytesPerSecond: share.bytes / 1e6 / seconds,
    requestsAFile: of(({ stats }) => stats.httpRequests) / share.files,
    requests: of(({ stats }) => stats.httpRequests),
    unitsAFile: of(({ stats }) => stats.resourceUnits) / share.files,
    units: of(({ stats }) => stats.resourceUnits),
    versionsAFile: worst(({ stats }) => stats.versionsMade) / share.files,
    cpuSeconds: of((round) => round.cpuSeconds),
    peakMegabytes: worst((round) => round.peakBytes) / 1e6,
    retriesEarly: worst(({ stats }) => stats.retriesTooEarly),
    bytesTwice: worst(({ stats }) => stats.bytesSentTwice),
    failed: rounds.filter(({ code, stored }) => code !== 0 || stored !== (second ? 0 : share.files)).length,
  };
}

/** A table for a terminal and for docs/benchmarks.md alike. */
export function tableOf(scenario: Scenario, lines: readonly Line[]): string {
  const convoy = lines.find(({ contender }) => contender === 'convoy');
  const rows = lines.map((line) => [
    `${line.contender}${line.failed > 0 ? ` (${line.failed} of ${line.rounds} rounds failed)` : ''}`,
    line.seconds.toFixed(2),
    line.filesPerSecond.toFixed(0),
    line.megabytesPerSecond.toFixed(0),
    line.requestsAFile < 10 ? line.requestsAFile.toFixed(3) : String(line.requests),
    line.unitsAFile < 10 ? line.unitsAFile.toFixed(2) : String(line.units),
    line.versionsAFile.toFixed(2),
    line.cpuSeconds.toFixed(1),
    line.peakMegabytes.toFixed(0),
    String(line.retriesEarly),
    convoy && line !== convoy ? `${(convoy.filesPerSecond / line.filesPerSecond).toFixed(2)}` : '',
  ]);
  const head = [
    ...[scenario.name, 's', 'files/s', 'MB/s', 'requests a file', 'RU a file', 'versions a file'],
    ...['CPU s', 'peak MB', 'too early', 'Convoy is times this'],
  ];
  const all = [head, head.map(() => '---'), ...rows];
  return `${all.map((row) => `| ${row.join(' | ')} |`).join('\n')}\naim: ${scenario.aim}\n`;
}

/** Resource units at the tenant's pace, without what its bucket held at the beginning. */
export function idealSeconds(units: number, perMinute: number): number {
  return (units / perMinute) * 60;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
