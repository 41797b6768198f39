import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { settled } from '../../src-shared/model/counts.ts';
import type { EtaLimit } from '../../src-shared/model/eta.ts';
import type { ProgressFall } from '../../src-shared/model/progress-fall.ts';
import { isEnded } from '../../src-shared/model/run.ts';
import type { LimitingFactor } from '../../src-shared/model/wait.ts';
import { bytes, count } from '../report/format.ts';
import { visible } from '../report/hostile-text.ts';
import { factorWords } from '../report/words.ts';

/** What decides about the end besides the factors. */
const endWords: Readonly<Record<Exclude<EtaLimit, LimitingFactor>, string>> = {
  quota: "Microsoft's limit of requests a minute",
  'long-units': "Microsoft's daily budget",
  bytes: "Microsoft's hourly limit of data",
  requests: "Microsoft's limit of requests a person",
  'one-file': 'one large file',
};

const fallWords: Readonly<Record<ProgressFall, string>> = {
  'more-found': 'less than before: more was found',
  'began-again': 'less than before: uploads began again',
};

/**
 * Progress on one line, what matters most first: the line is cut at the width of the terminal, and 80 columns hold it up to
 * what limits the speed.
 * @param now milliseconds since 1970
 */
export function progressText(row: TaskRow, now: number): string {
  const { counts, sample, live } = row;
  const done = settled(counts);
  const speed = row.state === 'running' ? sample : null;
  const parts = [
    howFar(row),
    waitsFor(row),
    `${count(done.files)}/${count(counts.found.files)} files`,
    speed && `${count(Math.round(speed.filesPerSecond))} files/s`,
    speed && row.eta && timeToGo(row.eta, now),
    speed && limitOf(row.eta?.limitedBy, speed.limitedBy),
    isAhead(live?.throttledUntil, now) &&
      `the service asked to wait ${roughly((live?.throttledUntil ?? now) - now)}`,
    row.issues.errors > 0 && `${count(row.issues.errors)} could not be copied`,
    `${bytes(done.bytes)} of ${bytes(counts.found.bytes)}`,
    speed && `${bytes(Math.round(speed.bytesPerSecond))}/s`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** `Mon 18:00`, on the clock of this machine, as the hours were said. */
const wallTime = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** Why nothing goes on. A wait that the service asked for is told with its time. */
function waitsFor({ reason, state }: TaskRow): string | false {
  if (reason === null || reason.code === 'throttled' || state === 'ready' || isEnded(state)) return false;
  const { title } = lookUp(reason.code);
  if (reason.code === 'waiting-for-hours' && reason.retryAt !== undefined)
    return `${title}, until ${wallTime.format(reason.retryAt)}`;
  return reason.where === undefined ? title : `${title}: ${visible(reason.where)}`;
}

/** The per cent, where they are known; and what is done, where it is not simply being copied. */
function howFar({ state, live, progress, progressFell }: TaskRow): string {
  const fell = progressFell ? ` (${fallWords[progressFell]})` : '';
  const percent = progress === null ? '' : `${Math.floor(progress * 100)} %${fell}`;
  const phase = state === 'running' && live && live.phase !== 'ended' ? live.phase : state;
  const usual = percent !== '' && (phase === 'copying' || phase === 'running');
  return [usual ? '' : phase.replaceAll('-', ' '), percent].filter(Boolean).join(' ');
}

function isAhead(time: number | null | undefined, now: number): boolean {
  return typeof time === 'number' && time > now;
}

/** What decides about the end, and where that is nothing special, what holds up the work now. */
function limitOf(end: EtaLimit | undefined, now: LimitingFactor): string | false {
  if (end !== undefined && !isFactor(end)) return `limit: ${endWords[end]}`;
  return now !== 'nothing' && `limit: ${factorWords[now]}`;
}

function isFactor(limit: EtaLimit): limit is LimitingFactor {
  return limit in factorWords;
}

/** A range is told as a range only where it says something. */
function timeToGo({ earliest, latest, atLeast }: NonNullable<TaskRow['eta']>, now: number): string {
  const [least, most] = [roughly(earliest - now), roughly(latest - now)];
  if (atLeast) return `at least ${least} to go`;
  const close = latest - earliest < 0.2 * (latest - now) || least === most;
  return close ? `about ${most} to go` : `${least} to ${most} to go`;
}

/** No more digits than a forecast can have: 10 s, 1 min, 3 h 10 min, 2 d 5 h. */
function roughly(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 57.5) return `${Math.max(5, Math.round(seconds / 5) * 5)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const tens = Math.round(minutes / 10) * 10;
  const hours = Math.floor(tens / 60);
  if (hours < 24) return tens % 60 === 0 ? `${hours} h` : `${hours} h ${tens % 60} min`;
  const whole = Math.round(minutes / 60);
  return whole % 24 === 0 ? `${whole / 24} d` : `${Math.floor(whole / 24)} d ${whole % 24} h`;
}

/** Cuts a line to the width of a terminal; one that wraps could not be drawn over. */
export function fitted(line: string, columns: number): string {
  const characters = [...line];
  return characters.length < columns ? line : `${characters.slice(0, columns - 2).join('')}…`;
}
