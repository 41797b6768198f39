import ArrowDownward from '@mui/icons-material/ArrowDownwardOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import type { Picks } from '../../../src-shared/survey/picks.ts';
import { useText } from '../../text/use-text.ts';
import type { Pick } from './picture-words.ts';

interface PickBarProps {
  readonly words: readonly Pick[];
  readonly onPick: (change: Picks) => void;
  readonly onClear: () => void;
  readonly onItems: () => void;
}

/** What is picked, in words that can be taken back; it stays in sight while the pictures pass below it. */
export function PickBar({ words, onPick, onClear, onItems }: PickBarProps) {
  const { t } = useText();
  return (
    <Card
      role="group"
      aria-label={t.assess.whatIsPicked}
      sx={{
        ...{ position: 'sticky', top: { xs: 0, sm: -8 }, zIndex: 3 },
        ...{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 },
        ...{ px: 2, py: 1, boxShadow: 3 },
      }}
    >
      {words.map(({ key, word }) => (
        <Chip
          key={key}
          size="small"
          label={word}
          aria-label={t.assess.remove(word)}
          onClick={() => onPick({ [key]: undefined })}
          onDelete={() => onPick({ [key]: undefined })}
        />
      ))}
      <Box sx={{ flexGrow: 1 }} />
      {words.length > 1 && (
        <Button size="small" onClick={onClear}>
          {t.assess.clear}
        </Button>
      )}
      <Button size="small" endIcon={<ArrowDownward />} onClick={onItems}>
        {t.assess.toItems}
      </Button>
    </Card>
  );
}
