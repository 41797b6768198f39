import Add from '@mui/icons-material/AddOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { type Gentle, type GentleHours, isNeverRead } from '../../../src-shared/model/gentle.ts';
import { MOST_HOURS } from '../../../src-shared/model/week-hours.ts';
import { useText } from '../../text/use-text.ts';
import { HoursRow } from './hours-row.tsx';
import { ShareField } from './share-field.tsx';

interface GentleFormProps {
  readonly gentle: Gentle;
  readonly onChange: (gentle: Gentle) => void;
}

/** What a working week suggests. */
const officeHours: GentleHours = { days: [1, 2, 3, 4, 5], from: 480, to: 1_080, share: 25 };

/** How gently the source of a task is read: outside of all hours, and at certain ones. */
export function GentleForm({ gentle, onChange }: GentleFormProps) {
  const { t } = useText();
  const { intro, share, hours, add, never } = t.settings.gentle;
  const change = (ranges: readonly GentleHours[]) => onChange({ ...gentle, hours: [...ranges] });
  return (
    <Stack spacing={2}>
      <Typography variant="body2" color="textSecondary">
        {intro}
      </Typography>
      <ShareField
        label={share}
        shares={[100, 75, 50, 25, 10]}
        value={gentle.share}
        onChange={(value) => onChange({ ...gentle, share: value })}
      />
      <Box role="group" aria-label={hours}>
        <Stack spacing={1.5}>
          {gentle.hours.map((range, at) => (
            <HoursRow
              // Rows have nothing but their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={at}
              range={range}
              onChange={(changed) => change(gentle.hours.with(at, changed))}
              onRemove={() => change(gentle.hours.toSpliced(at, 1))}
            />
          ))}
          {isNeverRead(gentle) && (
            <Typography variant="caption" color="error" role="alert">
              {never}
            </Typography>
          )}
          <Button
            startIcon={<Add />}
            disabled={gentle.hours.length >= MOST_HOURS}
            onClick={() => change([...gentle.hours, officeHours])}
            sx={{ alignSelf: 'flex-start' }}
          >
            {add}
          </Button>
        </Stack>
      </Box>
    </Stack>
  );
}
