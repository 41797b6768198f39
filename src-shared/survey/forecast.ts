import { type Load, UNITS, UNITS_PER_FRAGMENT } from './load.ts';

/**
 * How long a copy is going to take: a model with stated assumptions. Five things can be the slowest, and each is a
 * speed that is known or assumed; the slowest decides. Sources: "Avoid getting throttled or blocked in SharePoint Online"
 * (units and limits by licences), learn.microsoft.com.
 */

export interface Assumptions {
  /** Licences of the tenant, which set its limits. */
  readonly licences: number;
  /** Bytes a second that one agent sends at most. */
  readonly agentBytesPerSecond: number;
  /** Small files that one agent finishes in a second when nothing holds it up. */
  readonly agentFilesPerSecond: number;
  /** Bytes a second that the file server gives to all agents together. */
  readonly sourceBytesPerSecond: number;
  /** What is left of the tenant's limits on weekdays by day, when Microsoft holds migrations back: 0 < x <= 1. */
  readonly peakShare: number;
  /** Resource units of a fragment: Microsoft does not say. */
  readonly unitsPerFragment: number;
}

export const defaultAssumptions: Assumptions = {
  licences: 1_000,
  agentBytesPerSecond: 100e6 / 8,
  agentFilesPerSecond: 30,
  sourceBytesPerSecond: 1e9 / 8,
  peakShare: 0.5,
  unitsPerFragment: UNITS_PER_FRAGMENT,
};

/** Measured by a run: takes the place of what was assumed. */
export interface Measured {
  readonly agentBytesPerSecond?: number | undefined;
  readonly agentFilesPerSecond?: number | undefined;
  readonly unitsPerFile?: number | undefined;
}

export const forecastLimits = ['units-per-day', 'units-per-minute', 'ingress', 'agents', 'source'] as const;
export type ForecastLimit = (typeof forecastLimits)[number];

export interface Forecast {
  readonly agents: number;
  /** Only outside of working hours counts as off peak: the limits of the tenant are whole then. */
  readonly peak: boolean;
  readonly seconds: number;
  /** What is the slowest. */
  readonly limit: ForecastLimit;
}

/** Of one application in one tenant, by licences: at most so many licences, units a minute, units a day. */
const TIERS = [
  [1_000, 1_250, 1.2e6],
  [5_000, 2_500, 2.4e6],
  [15_000, 3_750, 3.6e6],
  [50_000, 5_000, 4.8e6],
  [Number.POSITIVE_INFINITY, 6_250, 6.0e6],
] as const;

/** 400 GB an hour for one application in one tenant. */
const INGRESS_BYTES_PER_SECOND = 400e9 / 3_600;
const DAY_SECONDS = 86_400;

/** Items that one page of the listing at the end tells. */
const PAGE_ITEMS = 200;

/** Resource units of a copy that are not spent on single files: folders, and the listing at the end. */
export function unitsBesideFiles({ files, folders }: Pick<Load, 'files' | 'folders'>): number {
  return folders * UNITS.folder + Math.ceil((files + folders) / PAGE_ITEMS) * UNITS.page;
}

/** Resource units of the whole copy. */
export function unitsOf(load: Load, assumed: Assumptions, measured: Measured = {}): number {
  const filled = load.files - load.emptyFiles;
  const ofFiles =
    measured.unitsPerFile === undefined
      ? load.emptyFiles * UNITS.emptyFile + filled * UNITS.session + load.fragments * assumed.unitsPerFragment
      : load.files * measured.unitsPerFile;
  return ofFiles + unitsBesideFiles(load);
}

/** How long with so many agents, and under which limit. */
export function forecast(
  load: Load,
  agents: number,
  peak: boolean,
  assumed: Assumptions = defaultAssumptions,
  measured: Measured = {},
): Forecast {
  const [, perMinute, perDay] = TIERS.find(([licences]) => assumed.licences <= licences) ?? TIERS[0];
  const share = peak ? assumed.peakShare : 1;
  const units = unitsOf(load, assumed, measured);
  const bytesPerSecond = measured.agentBytesPerSecond ?? assumed.agentBytesPerSecond;
  const filesPerSecond = measured.agentFilesPerSecond ?? assumed.agentFilesPerSecond;
  // The units of a day last for some 16 hours at the speed of a minute; then there is nothing to do until the next day.
  const fullDays = Math.max(0, Math.ceil(units / (perDay * share)) - 1);
  const lastDay = ((units - fullDays * perDay * share) / (perMinute * share)) * 60;
  const seconds: Readonly<Record<ForecastLimit, number>> = {
    'units-per-day': fullDays > 0 ? fullDays * DAY_SECONDS + lastDay : 0,
    'units-per-minute': fullDays === 0 ? lastDay : 0,
    ingress: load.bytes / (INGRESS_BYTES_PER_SECOND * share),
    // A file costs time for itself and time for its bytes; an agent does both for many files side by side.
    agents: Math.max(load.bytes / bytesPerSecond, load.files / filesPerSecond) / agents,
    source: load.bytes / assumed.sourceBytesPerSecond,
  };
  const limit = forecastLimits.reduce((worst, name) => (seconds[name] > seconds[worst] ? name : worst));
  return { agents, peak, seconds: seconds[limit], limit };
}

/** The table of an assessment: 1, 2, 4 and 8 agents, off peak and by day. */
export function forecasts(
  load: Load,
  assumed: Assumptions = defaultAssumptions,
  measured: Measured = {},
): readonly Forecast[] {
  return [1, 2, 4, 8].flatMap((agents) =>
    [false, true].map((peak) => forecast(load, agents, peak, assumed, measured)),
  );
}
