import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import type { SurveyFigures } from '../../../src-shared/contract/assessments.ts';
import { type Readiness, readinessStates } from '../../../src-shared/survey/survey.ts';
import { colour } from '../../app/tokens.ts';
import { type Pattern, ShareBar, Swatch } from '../../parts/share-bar.tsx';
import { useText } from '../../text/use-text.ts';
import { PictureFrame } from './picture-frame.tsx';
import { useRoving } from './use-roving.ts';

export const readinessLook: Readonly<
  Record<Readiness, { readonly colour: string; readonly pattern: Pattern }>
> = {
  ready: { colour: colour('outcome', 'copied'), pattern: 'plain' },
  changes: { colour: colour('outcome', 'accepted'), pattern: 'back' },
  blocked: { colour: colour('outcome', 'failed'), pattern: 'stripes' },
  'left-out': { colour: colour('outcome', 'left-out'), pattern: 'dots' },
};

interface ReadinessProps {
  readonly figures: SurveyFigures;
  readonly picked: Readiness | undefined;
  readonly onPick: (state: Readiness | undefined) => void;
}

/** What stands between the items and the destination, by files and by bytes. Each state is a filter. */
export function ReadinessPicture({ figures, picked, onPick }: ReadinessProps) {
  const { t, f } = useText();
  const { onKeyDown, propsOf } = useRoving(
    readinessStates.length,
    picked ? readinessStates.indexOf(picked) : 0,
  );
  const toggle = (state: Readiness) => onPick(state === picked ? undefined : state);
  const othersOf = (state: Readiness): string => {
    const { folders, others } = figures.readiness[state];
    return [folders > 0 ? t.units.folders(folders) : '', others > 0 ? t.units.others(others) : '']
      .filter((text) => text !== '')
      .join(', ');
  };
  const bar = (word: string, value: (state: Readiness) => number) => (
    <Box sx={{ display: 'grid', gridTemplateColumns: '64px minmax(0, 1fr)', alignItems: 'center', gap: 1.5 }}>
      <Typography variant="caption" color="textSecondary">
        {word}
      </Typography>
      <ShareBar
        segments={readinessStates.map((state) => ({
          key: state,
          value: value(state),
          ...readinessLook[state],
        }))}
        height={18}
      />
    </Box>
  );
  return (
    <PictureFrame
      title={t.assess.readiness}
      heads={[t.assess.readiness, t.assess.byFiles, t.assess.bySize]}
      rows={readinessStates.map((state) => ({
        key: state,
        name: t.assess.ready[state],
        values: [f.int(figures.readiness[state].files), f.bytes(figures.readiness[state].bytes)],
        picked: state === picked,
        onPick: () => toggle(state),
      }))}
    >
      <Box sx={{ display: 'grid', gap: 1 }}>
        {bar(t.assess.byFiles, (state) => figures.readiness[state].files)}
        {bar(t.assess.bySize, (state) => figures.readiness[state].bytes)}
      </Box>
      <Box
        role="toolbar"
        aria-label={t.assess.readiness}
        onKeyDown={onKeyDown}
        sx={{
          display: 'grid',
          gap: 1.5,
          mt: 2,
          gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', md: 'repeat(4, minmax(0, 1fr))' },
        }}
      >
        {readinessStates.map((state, at) => {
          const { files, bytes } = figures.readiness[state];
          const look = readinessLook[state];
          return (
            <ButtonBase
              key={state}
              {...propsOf(at)}
              aria-pressed={state === picked}
              onClick={() => toggle(state)}
              sx={{
                ...{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start' },
                ...{ justifyContent: 'flex-start', textAlign: 'start' },
                p: 1.25,
                borderRadius: 2,
                border: 1,
                borderColor: state === picked ? 'primary.main' : 'divider',
                bgcolor: state === picked ? 'action.selected' : 'transparent',
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
              <Box
                component="span"
                sx={{ display: 'flex', alignItems: 'center', gap: 0.75, typography: 'body2' }}
              >
                <Swatch {...look} />
                {t.assess.ready[state]}
              </Box>
              <Box
                component="span"
                sx={{ display: 'block', fontSize: '1.25rem', fontWeight: 600, lineHeight: 1.4 }}
              >
                {f.int(files)}
              </Box>
              <Box component="span" sx={{ display: 'block', typography: 'caption', color: 'text.secondary' }}>
                {[f.bytes(bytes), othersOf(state)].filter((text) => text !== '').join(', ')}
              </Box>
              <Box component="span" sx={{ display: 'block', typography: 'caption', color: 'text.secondary' }}>
                {t.assess.readyMeans[state]}
              </Box>
            </ButtonBase>
          );
        })}
      </Box>
    </PictureFrame>
  );
}
