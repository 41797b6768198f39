import { type Gentle, isGentle } from '../../src-shared/model/gentle.ts';
import { gentleHoursText } from '../../src-shared/rules/gentle-text.ts';

/** How gently the source is read, for a terminal. */
export function gentleText(gentle: Gentle): string {
  if (!isGentle(gentle)) return 'Gentle: no; the source is read as fast as it goes\n';
  const outside = `${gentle.share} % of the time${gentle.hours.length > 0 ? ', but' : ''}`;
  const hours = gentle.hours.map((range) => {
    const when = gentleHoursText({ ...range, share: 0 }).replace(/=0$/, '') || 'always';
    return `${when}: ${range.share === 0 ? 'nothing is read' : `${range.share} %`}`;
  });
  return `Gentle: ${[outside, ...hours].join('\n        ')}\n`;
}
