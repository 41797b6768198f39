import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import { useState } from 'react';
import type { SurveyFigures } from '../../../src-shared/contract/assessments.ts';
import { colour } from '../../app/tokens.ts';
import { useText } from '../../text/use-text.ts';
import { PictureFrame } from './picture-frame.tsx';
import { typeWord } from './picture-words.ts';
import { useRoving } from './use-roving.ts';

/** Kinds that are shown before somebody asks for all. */
const FIRST = 8;

interface TypesPictureProps {
  readonly figures: SurveyFigures;
  readonly picked: string | undefined;
  readonly onPick: (type: string | undefined) => void;
}

/** Files by what stands after the last dot of their names, largest first. A kind is a filter. */
export function TypesPicture({ figures, picked, onPick }: TypesPictureProps) {
  const { t, f } = useText();
  const [all, setAll] = useState(false);
  const { types, otherTypes } = figures;
  const shown = all ? types : types.slice(0, FIRST);
  const most = Math.max(1, ...types.map(({ bytes }) => bytes));
  const { onKeyDown, propsOf } = useRoving(
    shown.length,
    shown.findIndex(({ extension }) => extension === picked),
  );
  const toggle = (type: string) => onPick(type === picked ? undefined : type);
  const rest =
    otherTypes.files > 0
      ? {
          key: 'others',
          name: t.assess.otherTypes(otherTypes.types),
          values: [f.int(otherTypes.files), f.bytes(otherTypes.bytes)],
          ...{ picked: false, onPick: undefined },
        }
      : undefined;
  return (
    <PictureFrame
      title={t.assess.types}
      heads={[t.assess.type, t.assess.byFiles, t.assess.bySize]}
      rows={[
        ...types.map(({ extension, files, bytes }) => ({
          key: `.${extension}`,
          name: typeWord(t, extension),
          values: [f.int(files), f.bytes(bytes)],
          picked: extension === picked,
          onPick: () => toggle(extension),
        })),
        ...(rest ? [rest] : []),
      ]}
    >
      <Box role="toolbar" aria-label={t.assess.types} aria-orientation="vertical" onKeyDown={onKeyDown}>
        {shown.map(({ extension, files, bytes }, at) => (
          <ButtonBase
            key={extension}
            {...propsOf(at)}
            aria-pressed={extension === picked}
            onClick={() => toggle(extension)}
            sx={{
              display: 'grid',
              width: '100%',
              gridTemplateColumns: '72px minmax(40px, 1fr) 72px 72px',
              gap: 1,
              alignItems: 'center',
              minHeight: 26,
              px: 0.5,
              borderRadius: 1,
              typography: 'caption',
              textAlign: 'end',
              bgcolor: extension === picked ? 'action.selected' : 'transparent',
              '&:hover': { bgcolor: 'action.hover' },
            }}
          >
            <span className="visually-hidden">
              {`${typeWord(t, extension)}: ${t.assess.figures(t.units.files(files), f.bytes(bytes))}`}
            </span>
            <Box
              component="span"
              aria-hidden
              sx={{ textAlign: 'start', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            >
              {typeWord(t, extension)}
            </Box>
            <Box
              component="span"
              aria-hidden
              sx={{
                ...{ height: 10, borderRadius: 1, minWidth: 2, forcedColorAdjust: 'none' },
                opacity: picked === undefined || extension === picked ? 1 : 0.4,
              }}
              style={{ width: `${(100 * bytes) / most}%`, background: colour('outcome', 'accepted') }}
            />
            <span aria-hidden>{f.int(files)}</span>
            <span aria-hidden>{f.bytes(bytes)}</span>
          </ButtonBase>
        ))}
      </Box>
      {!all && types.length > FIRST && (
        <Button size="small" onClick={() => setAll(true)} sx={{ mt: 0.5 }}>
          {t.assess.allTypes(types.length)}
        </Button>
      )}
    </PictureFrame>
  );
}
