import type { Bin } from '../../../src-shared/survey/bins.ts';
import type { ForecastLimit } from '../../../src-shared/survey/forecast.ts';
import type { Readiness } from '../../../src-shared/survey/survey.ts';
import { bytes, duration } from '../format.ts';
import type { LabelledBin } from './charts.ts';

/** The words of an assessment's pictures and tables. */
export const readinessWords: Readonly<Record<Readiness, string>> = {
  ready: 'Ready',
  changes: 'Ready with changes',
  blocked: 'Blocked',
  'left-out': 'Left out by a rule',
};

export const limitWords: Readonly<Record<ForecastLimit, string>> = {
  'units-per-day': "the tenant's requests for one day",
  'units-per-minute': "the tenant's requests for one minute",
  ingress: "the tenant's bytes for one hour",
  agents: 'the machines that copy',
  source: 'the file server',
};

const DAY = 86_400_000;

export function sizeBins(bins: readonly Bin[]): LabelledBin[] {
  return bins.map((bin) => ({
    ...bin,
    label:
      bin.to === 1
        ? 'empty'
        : bin.to === null
          ? 'over 250 GB'
          : `< ${bytes(bin.to)
              .replace('.00', '')
              .replace(/(\d)\.0 /, '$1 ')}`,
    wrong: bin.to === null,
  }));
}

export function ageBins(bins: readonly Bin[]): LabelledBin[] {
  return bins.map((bin) => ({ ...bin, label: ageLabel(bin), wrong: bin.to === 0 }));
}

function ageLabel({ from, to }: Bin): string {
  if (to === 0) return 'future';
  if (to === null) return `> ${Math.round(from / DAY / 365)} years`;
  const days = to / DAY;
  if (days < 2) return '1 day';
  if (days < 365) return `${days} days`;
  return days === 365 ? '1 year' : `${Math.round(days / 365)} years`;
}

export function depthBins(bins: readonly Bin[]): LabelledBin[] {
  return bins.map((bin) => ({ ...bin, label: bin.to === null ? `${bin.from}+` : String(bin.from) }));
}

export function pathBins(bins: readonly Bin[]): LabelledBin[] {
  return bins.map((bin) => ({
    ...bin,
    label: bin.to === null ? 'over 400' : `to ${bin.to - 1}`,
    wrong: bin.to === null,
  }));
}

export function costBins(bins: readonly Bin[]): LabelledBin[] {
  return bins.map((bin) => ({
    ...bin,
    label:
      bin.to === null ? `${bin.from} and more` : bin.from === 0 ? 'up to 4' : `${bin.from} to ${bin.to - 1}`,
  }));
}

/** A forecast has no seconds: the two largest units, and less than a minute is said as such. */
export function roughly(seconds: number): string {
  return seconds < 60 ? 'less than a minute' : `about ${duration(seconds * 1_000).replace(/ \d+ s$/, '')}`;
}
