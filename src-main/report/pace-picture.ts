import { factorColours } from '../../src-shared/model/factor-colours.ts';
import type { PaceRow } from '../../src-shared/model/pace.ts';
import { factorTimes, type LimitingFactor, limitingFactors } from '../../src-shared/model/wait.ts';
import { utcForPeople } from './format.ts';
import { factorWords } from './words.ts';

const WIDTH = 820;
const HEIGHT = 120;
const FLOOR = 96;
/** Narrower columns are no wider than a hair. */
const MOST_COLUMNS = 160;

type Times = Readonly<Partial<Record<LimitingFactor, number>>>;

/** What limited a run over time, as a section with a picture and its table; empty where less than two stretches are known. */
export function pacePicture(rows: readonly PaceRow[]): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || rows.length < 2) return '';
  const [from, to] = [first.at, last.at + last.ms];
  const columns = Math.min(MOST_COLUMNS, rows.length);
  const step = (to - from) / columns;
  const groups = Map.groupBy(rows, ({ at }) => Math.min(columns - 1, Math.floor((at - from) / step)));
  const drawn = [...groups].map(([index, group]) => column(index, WIDTH / columns, sumOf(group)));
  const sums = sumOf(rows);
  const total = Object.values(sums).reduce((sum, ms) => sum + ms, 0);
  const shares = limitingFactors
    .map((factor) => ({ factor, share: total > 0 ? (sums[factor] ?? 0) / total : 0 }))
    .filter(({ share }) => share >= 0.005)
    .sort((a, b) => b.share - a.share);
  const table = shares.map(
    ({ factor, share }) =>
      `<tr><td><i class="key" style="background:${factorColours[factor]}"></i>${factorWords[factor]}</td><td class="number">${Math.round(share * 100)} %</td></tr>`,
  );
  const said = shares
    .map(({ factor, share }) => `${factorWords[factor]}: ${Math.round(share * 100)} %`)
    .join('; ');
  return `<section>
<h2>What limited it over time</h2>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="What limited it over time"><desc>${said}</desc>${drawn.join('')}<text x="0" y="${HEIGHT - 6}" font-size="12" fill="var(--quiet)">${utcForPeople(from)}</text><text x="${WIDTH}" y="${HEIGHT - 6}" font-size="12" text-anchor="end" fill="var(--quiet)">${utcForPeople(to)}</text></svg>
<table><thead><tr><th>Time of all slots</th><th class="number">Share</th></tr></thead><tbody>${table.join('\n')}</tbody></table>
</section>`;
}

/** One stretch of time: the shares of what was waited for, stacked. */
function column(index: number, width: number, times: Times): string {
  const total = Object.values(times).reduce((sum, ms) => sum + ms, 0);
  let y = FLOOR;
  return limitingFactors
    .map((factor) => {
      const height = total > 0 ? ((times[factor] ?? 0) / total) * FLOOR : 0;
      if (height < 0.2) return '';
      y -= height;
      return `<rect x="${(index * width).toFixed(1)}" y="${y.toFixed(1)}" width="${(width + 0.1).toFixed(1)}" height="${height.toFixed(1)}" fill="${factorColours[factor]}"/>`;
    })
    .join('');
}

function sumOf(rows: readonly PaceRow[]): Times {
  const sums: Partial<Record<LimitingFactor, number>> = {};
  for (const { waits } of rows)
    for (const [factor, ms] of factorTimes(waits)) sums[factor] = (sums[factor] ?? 0) + ms;
  return sums;
}
