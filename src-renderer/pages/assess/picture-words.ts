import type { SurveyBin, SurveyFigures } from '../../../src-shared/contract/assessments.ts';
import { type ColumnPicture, columnPictures, type Picks } from '../../../src-shared/survey/picks.ts';
import { visible } from '../../parts/visible.ts';
import { codeEntry } from '../../text/code-texts.ts';
import type { Messages } from '../../text/en.ts';
import type { Format } from '../../text/format.ts';

const DAY = 86_400_000;

/** What stands below a column. */
export function columnLabel(t: Messages, f: Format, picture: ColumnPicture, bin: SurveyBin): string {
  const { from, to } = bin;
  switch (picture) {
    case 'sizes':
      if (to === 1) return t.assess.empty;
      return to === null ? t.assess.over(f.bytes(from ?? 0)) : t.assess.below(f.bytes(to));
    case 'ages':
      return ageLabel(t, from, to);
    case 'pathLengths':
      return to === null ? t.assess.over(f.int((from ?? 1) - 1)) : t.assess.upTo(f.int(to - 1));
    case 'depths':
      return to === null ? t.assess.andMore(f.int(from ?? 0)) : f.int(from ?? 0);
  }
}

function ageLabel(t: Messages, from: number | null, to: number | null): string {
  if (to === 0) return t.assess.future;
  const days = (to ?? from ?? 0) / DAY;
  const span = days < 365 ? t.assess.days(days) : t.assess.years(Math.round(days / 365));
  return to === null ? t.assess.over(span) : span;
}

/** Whether a column is one that should be empty: a clock that goes wrong, a file or path that does not fit. */
export function isWrong(picture: ColumnPicture, { to }: SurveyBin): boolean {
  if (picture === 'ages') return to === 0;
  return picture !== 'depths' && to === null;
}

export function typeWord(t: Messages, extension: string): string {
  return extension === '' ? t.assess.noType : visible(`.${extension}`);
}

export interface Pick {
  readonly key: keyof Picks;
  readonly word: string;
}

/** What is picked, each in words. */
export function pickWords(t: Messages, f: Format, picks: Picks, figures: SurveyFigures): readonly Pick[] {
  const columns = columnPictures.flatMap((picture): Pick[] => {
    const bin = figures[picture][picks[picture] ?? -1];
    return bin
      ? [{ key: picture, word: `${t.assess.short[picture]}: ${columnLabel(t, f, picture, bin)}` }]
      : [];
  });
  const one = (key: keyof Picks, word: string | undefined): Pick[] =>
    word === undefined ? [] : [{ key, word }];
  const { ready, type, below, code } = picks;
  return [
    ...one('ready', ready && t.assess.ready[ready]),
    ...one('below', below && `${t.assess.below1}: ${visible(below)}`),
    ...columns,
    ...one('type', type === undefined ? undefined : `${t.assess.type}: ${typeWord(t, type)}`),
    ...one('code', code && (codeEntry(f.locale, code)?.title ?? code)),
  ];
}
