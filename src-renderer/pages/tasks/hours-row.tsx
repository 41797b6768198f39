import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import FormHelperText from '@mui/material/FormHelperText';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { GentleHours } from '../../../src-shared/model/gentle.ts';
import { DAY_MINUTES } from '../../../src-shared/model/week-hours.ts';
import { parseTime, timeText } from '../../../src-shared/rules/gentle-text.ts';
import { week } from '../../parts/gentle-words.ts';
import { useText } from '../../text/use-text.ts';
import { ShareField } from './share-field.tsx';

interface HoursRowProps {
  readonly range: GentleHours;
  readonly onChange: (range: GentleHours) => void;
  readonly onRemove: () => void;
}

/** Days, a range of the day and a share, in two lines. */
export function HoursRow({ range, onChange, onRemove }: HoursRowProps) {
  const { t, f } = useText();
  const { days, from, to, share, remove, emptyRange, noDay } = t.settings.gentle;
  const wrong = range.days.length === 0 ? noDay : range.from === range.to ? emptyRange : undefined;
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.25 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1.5 }}>
        <ToggleButtonGroup
          size="small"
          aria-label={days}
          value={range.days}
          onChange={(_event, chosen: number[]) => onChange({ ...range, days: chosen })}
          sx={{ flexWrap: 'wrap' }}
        >
          {week.map((day) => (
            <ToggleButton key={day} value={day} sx={{ px: 1, py: 0.25, textTransform: 'none' }}>
              {f.weekday(day)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <IconButton size="small" aria-label={remove} title={remove} onClick={onRemove} sx={{ ml: 'auto' }}>
          <Delete fontSize="small" />
        </IconButton>
      </Box>
      <Box
        sx={{
          display: 'grid',
          columnGap: 1,
          rowGap: 2,
          gridTemplateColumns: { xs: '1fr 1fr', sm: '1fr 1fr minmax(0, 1.4fr)' },
        }}
      >
        <TimeField
          label={from}
          value={range.from}
          onChange={(value) => onChange({ ...range, from: value })}
        />
        <TimeField
          label={to}
          // The end of a day is the beginning of the next.
          value={range.to % DAY_MINUTES}
          onChange={(value) => onChange({ ...range, to: value === 0 ? DAY_MINUTES : value })}
        />
        <Box sx={{ display: 'grid', gridColumn: { xs: '1 / -1', sm: 'auto' } }}>
          <ShareField
            label={share}
            shares={[100, 75, 50, 25, 10, 0]}
            value={range.share}
            onChange={(value) => onChange({ ...range, share: value })}
          />
        </Box>
      </Box>
      {wrong && <FormHelperText error>{wrong}</FormHelperText>}
    </Box>
  );
}

function TimeField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <TextField
      type="time"
      size="small"
      label={label}
      value={timeText(value)}
      onChange={(event) => {
        const minute = parseTime(event.target.value);
        if (!Number.isNaN(minute)) onChange(minute);
      }}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
