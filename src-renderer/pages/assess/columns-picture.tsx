import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { SurveyBin } from '../../../src-shared/contract/assessments.ts';
import type { ColumnPicture } from '../../../src-shared/survey/picks.ts';
import { colour } from '../../app/tokens.ts';
import { Swatch } from '../../parts/share-bar.tsx';
import { useText } from '../../text/use-text.ts';
import { PictureFrame } from './picture-frame.tsx';
import { columnLabel, isWrong } from './picture-words.ts';
import { useRoving } from './use-roving.ts';

const HEIGHT = 128;
const FILES = colour('outcome', 'present');
const BYTES = colour('outcome', 'accepted');
const WRONG = colour('outcome', 'failed');

interface ColumnsPictureProps {
  readonly picture: ColumnPicture;
  readonly bins: readonly SurveyBin[];
  /** Place of the column that is picked. */
  readonly picked: number | undefined;
  /** Told the place of the column, or undefined when it is let go. */
  readonly onPick: (at: number | undefined) => void;
}

/** The last column of depths with something in it, and a few more: twenty empty ones say nothing. */
function shownBins(picture: ColumnPicture, bins: readonly SurveyBin[]): readonly SurveyBin[] {
  if (picture !== 'depths') return bins;
  const last = bins.findLastIndex(({ files }) => files > 0);
  return bins.slice(0, Math.max(8, last + 1));
}

function Bar({ share, ground }: { readonly share: number; readonly ground: string }) {
  return (
    <Box
      component="span"
      sx={{ width: '38%', maxWidth: 22, borderRadius: '3px 3px 0 0', forcedColorAdjust: 'none' }}
      style={{ height: share === 0 ? 0 : Math.max(2, share * HEIGHT), background: ground }}
    />
  );
}

/** Files between bounds: two columns each, how many and how much, each as a share of its largest. A column is a filter. */
export function ColumnsPicture({ picture, bins, picked, onPick }: ColumnsPictureProps) {
  const { t, f } = useText();
  const shown = shownBins(picture, bins);
  const mostFiles = Math.max(1, ...shown.map(({ files }) => files));
  const mostBytes = Math.max(1, ...shown.map(({ bytes }) => bytes));
  const { onKeyDown, propsOf } = useRoving(shown.length, picked ?? 0);
  const title = t.assess.pictures[picture];
  const toggle = (at: number) => onPick(at === picked ? undefined : at);
  return (
    <PictureFrame
      title={title}
      heads={[t.assess.column, t.assess.byFiles, t.assess.bySize]}
      rows={shown.map((bin, at) => ({
        key: String(at),
        name: columnLabel(t, f, picture, bin),
        values: [f.int(bin.files), f.bytes(bin.bytes)],
        picked: at === picked,
        onPick: () => toggle(at),
      }))}
    >
      <Box
        role="toolbar"
        aria-label={title}
        onKeyDown={onKeyDown}
        sx={{ display: 'flex', alignItems: 'stretch', overflowX: 'auto', pb: 0.5 }}
      >
        {shown.map((bin, at) => {
          const label = columnLabel(t, f, picture, bin);
          const figures = t.assess.figures(t.units.files(bin.files), f.bytes(bin.bytes));
          return (
            <ButtonBase
              key={label}
              {...propsOf(at)}
              aria-pressed={at === picked}
              title={figures}
              onClick={() => toggle(at)}
              sx={{
                flex: '1 0 30px',
                minWidth: 30,
                flexDirection: 'column',
                justifyContent: 'flex-start',
                px: '1px',
                pt: 0.5,
                borderRadius: 1,
                bgcolor: at === picked ? 'action.selected' : 'transparent',
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
              <span className="visually-hidden">{`${label}: ${figures}`}</span>
              <Box
                component="span"
                aria-hidden
                sx={{ typography: 'caption', fontSize: '0.6875rem', color: 'text.secondary', height: 18 }}
              >
                {bin.files > 0 ? shortCount(f, bin.files) : ''}
              </Box>
              <Box
                component="span"
                sx={{
                  height: HEIGHT,
                  width: '100%',
                  display: 'flex',
                  gap: '2px',
                  alignItems: 'flex-end',
                  justifyContent: 'center',
                  borderBottom: 1,
                  borderColor: 'divider',
                  opacity: picked === undefined || at === picked ? 1 : 0.4,
                }}
              >
                <Bar share={bin.files / mostFiles} ground={isWrong(picture, bin) ? WRONG : FILES} />
                <Bar share={bin.bytes / mostBytes} ground={BYTES} />
              </Box>
              <Box
                component="span"
                aria-hidden
                sx={{
                  fontSize: '0.6875rem',
                  lineHeight: 1.25,
                  mt: 0.5,
                  minHeight: '2.6em',
                  color: 'text.secondary',
                }}
              >
                {label}
              </Box>
            </ButtonBase>
          );
        })}
      </Box>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 2,
          typography: 'caption',
          color: 'text.secondary',
        }}
      >
        <Key ground={FILES} word={t.assess.byFiles} />
        <Key ground={BYTES} word={t.assess.bySize} />
        <span>{t.assess.hint}</span>
      </Box>
    </PictureFrame>
  );
}

function Key({ ground, word }: { readonly ground: string; readonly word: string }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
      <Swatch colour={ground} pattern="plain" />
      {word}
    </Box>
  );
}

/** 12345 -> 12 k: what fits above a column. */
function shortCount(f: ReturnType<typeof useText>['f'], n: number): string {
  if (n < 10_000) return f.int(n);
  return n < 1e7 ? `${f.int(Math.round(n / 1e3))} k` : `${f.int(Math.round(n / 1e6))} M`;
}
