import Add from '@mui/icons-material/AddOutlined';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { Bandwidth } from '../../../src-shared/model/bandwidth.ts';
import type { MachineRules } from '../../../src-shared/model/plan.ts';
import { MOST_HOURS } from '../../../src-shared/model/week-hours.ts';
import { WeekHoursRow } from '../../parts/week-hours-row.tsx';
import { useText } from '../../text/use-text.ts';
import { rateWords } from './machine-words.ts';

type WorkRange = MachineRules['hours'][number];
type RateRange = Bandwidth['hours'][number];

/** What a working week suggests: nights for the work, days with little bandwidth. */
const nights: WorkRange = { days: [1, 2, 3, 4, 5], from: 1_140, to: 420 };
const officeHours: RateRange = { days: [1, 2, 3, 4, 5], from: 480, to: 1_080, bytesPerSecond: 2_000_000 };

interface ListProps<T> {
  readonly hours: readonly T[];
  readonly onChange: (hours: T[]) => void;
}

/** When a machine works. */
export function WorkHours({ hours, onChange }: ListProps<WorkRange>) {
  const { t } = useText();
  const words = t.machines.limits;
  return (
    <Stack spacing={1.5} role="group" aria-label={words.hours}>
      <Typography variant="body2" color="textSecondary">
        {words.hoursHint}
      </Typography>
      {hours.map((range, at) => (
        <WeekHoursRow
          // Rows have nothing but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          range={range}
          onChange={(changed) => onChange(hours.with(at, changed))}
          onRemove={() => onChange(hours.toSpliced(at, 1))}
        />
      ))}
      <AddButton
        full={hours.length >= MOST_HOURS}
        label={words.addHours}
        onAdd={() => onChange([...hours, nights])}
      />
    </Stack>
  );
}

/** Speeds for certain hours, and those that a line is usually divided by. */
export function RateHours({ hours, onChange }: ListProps<RateRange>) {
  const { t, f } = useText();
  const words = t.machines.limits;
  return (
    <Stack spacing={1.5} role="group" aria-label={words.sendHours}>
      {hours.map((range, at) => (
        <WeekHoursRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing but their place
          key={at}
          range={range}
          onChange={(changed) => onChange(hours.with(at, { ...range, ...changed }))}
          onRemove={() => onChange(hours.toSpliced(at, 1))}
        >
          <TextField
            select
            size="small"
            label={words.rate}
            value={range.bytesPerSecond ?? ''}
            onChange={(event) => {
              const bytesPerSecond = event.target.value === '' ? null : Number(event.target.value);
              onChange(hours.with(at, { ...range, bytesPerSecond }));
            }}
            slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
          >
            {ratesWith(range.bytesPerSecond).map((rate) => (
              <MenuItem key={rate ?? 'free'} value={rate ?? ''}>
                {rateWords(t, f, rate)}
              </MenuItem>
            ))}
          </TextField>
        </WeekHoursRow>
      ))}
      <AddButton
        full={hours.length >= MOST_HOURS}
        label={words.addSendHours}
        onAdd={() => onChange([...hours, officeHours])}
      />
    </Stack>
  );
}

const RATES = [50e6, 20e6, 10e6, 5e6, 2e6, 1e6, 500e3] as const;

/** Those on offer, fastest first; one that came from elsewhere is kept. */
function ratesWith(own: number | null): readonly (number | null)[] {
  const rates = new Set<number>([...RATES, ...(own === null || own === 0 ? [] : [own])]);
  return [null, ...[...rates].sort((a, b) => b - a), 0];
}

function AddButton({
  full,
  label,
  onAdd,
}: {
  readonly full: boolean;
  readonly label: string;
  readonly onAdd: () => void;
}) {
  return (
    <Button startIcon={<Add />} disabled={full} onClick={onAdd} sx={{ alignSelf: 'flex-start' }}>
      {label}
    </Button>
  );
}
