import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import FormHelperText from '@mui/material/FormHelperText';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { ReactNode } from 'react';
import { DAY_MINUTES, type WeekHours } from '../../src-shared/model/week-hours.ts';
import { parseTime, timeText } from '../../src-shared/rules/gentle-text.ts';
import { useText } from '../text/use-text.ts';
import { week } from './gentle-words.ts';

interface WeekHoursRowProps {
  readonly range: WeekHours;
  readonly onChange: (range: { days: number[]; from: number; to: number }) => void;
  readonly onRemove: () => void;
  /** What holds in these hours, where that is to be chosen. */
  readonly children?: ReactNode;
}

/** Days and a range of the day, and what holds then, in two lines. */
export function WeekHoursRow({ range: { days, from, to }, onChange, onRemove, children }: WeekHoursRowProps) {
  const { t, f } = useText();
  const words = t.settings.gentle;
  const wrong = days.length === 0 ? words.noDay : from === to ? words.emptyRange : undefined;
  const change = (part: Partial<{ days: number[]; from: number; to: number }>) =>
    onChange({ days: [...days], from, to, ...part });
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.25 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1.5 }}>
        <ToggleButtonGroup
          size="small"
          aria-label={words.days}
          value={days}
          onChange={(_event, chosen: number[]) => change({ days: chosen })}
          sx={{ flexWrap: 'wrap' }}
        >
          {week.map((day) => (
            <ToggleButton key={day} value={day} sx={{ px: 1, py: 0.25, textTransform: 'none' }}>
              {f.weekday(day)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <IconButton
          size="small"
          aria-label={words.remove}
          title={words.remove}
          onClick={onRemove}
          sx={{ ml: 'auto' }}
        >
          <Delete fontSize="small" />
        </IconButton>
      </Box>
      <Box
        sx={{
          display: 'grid',
          columnGap: 1,
          rowGap: 2,
          gridTemplateColumns: { xs: '1fr 1fr', sm: children ? '1fr 1fr minmax(0, 1.4fr)' : '1fr 1fr' },
        }}
      >
        <TimeField label={words.from} value={from} onChange={(value) => change({ from: value })} />
        <TimeField
          label={words.to}
          // The end of a day is the beginning of the next.
          value={to % DAY_MINUTES}
          onChange={(value) => change({ to: value === 0 ? DAY_MINUTES : value })}
        />
        {children && <Box sx={{ display: 'grid', gridColumn: { xs: '1 / -1', sm: 'auto' } }}>{children}</Box>}
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
