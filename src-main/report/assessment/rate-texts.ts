import type { Assumptions } from '../../../src-shared/survey/forecast.ts';
import type { MeasuredRates } from '../../../src-shared/survey/measured.ts';
import { bytes, count, duration, utcForPeople } from '../format.ts';

/** What the forecast takes for granted where nothing was measured. */
export function assumptionsText(assumed: Assumptions): string {
  return `It assumes ${count(assumed.licences)} licences in the tenant, ${count(assumed.agentFilesPerSecond)} small files and ${bytes(assumed.agentBytesPerSecond)} a second for each machine, ${bytes(assumed.sourceBytesPerSecond)} a second from the file server, and by day ${Math.round(assumed.peakShare * 100)} % of what the tenant allows at night.`;
}

/** By what the forecast is corrected, and where that comes from. */
export function measuredText(measured: MeasuredRates): string {
  const { runs, files, bytes: size, seconds, newest } = measured;
  const rates = [
    measured.agentFilesPerSecond === undefined
      ? undefined
      : `${count(Math.round(measured.agentFilesPerSecond))} files`,
    measured.agentBytesPerSecond === undefined
      ? undefined
      : `${bytes(measured.agentBytesPerSecond)} a second for each machine`,
    measured.unitsPerFile === undefined
      ? undefined
      : `${measured.unitsPerFile.toFixed(1)} resource units for each file`,
  ].filter((rate) => rate !== undefined);
  const from = runs === 1 ? 'a finished run' : `${count(runs)} finished runs`;
  return `Corrected by ${from} of this machine, the last of ${utcForPeople(newest)} (${count(files)} files and ${bytes(size)} in ${duration(seconds * 1_000)}): ${rates.join(', ')}.`;
}
