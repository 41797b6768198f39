import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { settled } from '../../src-shared/model/counts.ts';
import { isEnded } from '../../src-shared/model/run.ts';
import type { LimitingFactor } from '../../src-shared/model/wait.ts';
import { bytes, count, duration } from '../report/format.ts';
import { visible } from '../report/hostile-text.ts';

const factorWords: Readonly<Record<LimitingFactor, string>> = {
  source: 'the source',
  network: 'the network',
  service: 'the service',
  throttling: 'throttling',
  machine: 'this machine',
  'blocked-names': 'names that lost uploads hold for up to 15 minutes',
  paused: 'the pause',
  nothing: 'nothing',
};

/**
 * Progress on one line: state, files, bytes, speed, time to go, and what limits it.
 * @param now milliseconds since 1970
 */
export function progressText(row: TaskRow, now: number): string {
  const { counts, sample, live } = row;
  const done = settled(counts);
  const percent = row.progress === null ? '' : `${Math.floor(row.progress * 100)} %`;
  const parts = [
    [stateWord(row), percent].filter(Boolean).join(' '),
    ...waitsFor(row),
    `${count(done.files)} of ${count(counts.found.files)} files`,
    `${bytes(done.bytes)} of ${bytes(counts.found.bytes)}`,
  ];
  if (sample && row.state === 'running') {
    parts.push(
      `${count(Math.round(sample.filesPerSecond))} files/s, ${bytes(Math.round(sample.bytesPerSecond))}/s`,
    );
    if (row.eta) parts.push(`${timeToGo(row.eta, now)} to go`);
    if (sample.limitedBy !== 'nothing') parts.push(`limited by ${factorWords[sample.limitedBy]}`);
  }
  const until = live?.throttledUntil;
  if (until && until > now) parts.push(`the service asked to wait ${duration(until - now)}`);
  if (row.issues.errors > 0) parts.push(`${count(row.issues.errors)} could not be copied`);
  return parts.join(' · ');
}

/** Why nothing goes on. A wait that the service asked for is told with its time. */
function waitsFor({ reason, state }: TaskRow): string[] {
  if (reason === null || reason.code === 'throttled' || state === 'ready' || isEnded(state)) return [];
  const { title } = lookUp(reason.code);
  return [reason.where === undefined ? title : `${title}: ${visible(reason.where)}`];
}

function stateWord({ state, live }: TaskRow): string {
  if (state === 'running' && live && live.phase !== 'ended') return live.phase;
  return state.replaceAll('-', ' ');
}

/** A range is told as a range only where it says something. */
function timeToGo({ earliest, latest }: NonNullable<TaskRow['eta']>, now: number): string {
  const [least, most] = [duration(earliest - now), duration(latest - now)];
  return latest - earliest < 0.2 * (latest - now) || least === most ? `about ${most}` : `${least} to ${most}`;
}

/** Cuts a line to the width of a terminal; one that wraps could not be drawn over. */
export function fitted(line: string, columns: number): string {
  const characters = [...line];
  return characters.length < columns ? line : `${characters.slice(0, columns - 2).join('')}…`;
}
