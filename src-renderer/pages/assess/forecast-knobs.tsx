import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Slider from '@mui/material/Slider';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import type { Measured } from '../../../src-shared/survey/forecast.ts';
import { useText } from '../../text/use-text.ts';

/** What can be chosen for a forecast. */
export interface Knobs {
  readonly agents: number;
  readonly peak: boolean;
  readonly licences: number;
  readonly lineBytesPerSecond: number;
  readonly sourceBytesPerSecond: number;
  /** Whether rates that were measured take the place of what is assumed. */
  readonly measured: boolean;
}

const AGENTS = [1, 2, 4, 8] as const;
/** The most licences of each step of Microsoft's limits, and one beyond. */
const LICENCES = [1_000, 5_000, 15_000, 50_000, 100_000] as const;
/** Megabits a second. */
const RATES = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000] as const;
const BYTES_PER_MEGABIT = 125_000;

interface ForecastKnobsProps {
  readonly knobs: Knobs;
  /** What was measured; null while nothing was. */
  readonly measured: Measured | null;
  readonly onChange: (knobs: Knobs) => void;
}

export function ForecastKnobs({ knobs, measured, onChange }: ForecastKnobsProps) {
  const { t, f } = useText();
  const words = t.assess.forecast;
  const rate = (at: number): string => words.mbit(f.int(RATES[at] ?? 0));
  const atRate = (bytes: number): number => nearest(RATES, bytes / BYTES_PER_MEGABIT);
  const bytesAt = (at: number): number => (RATES[at] ?? 0) * BYTES_PER_MEGABIT;
  return (
    <Stack spacing={1.5}>
      <Choice
        label={words.machines}
        at={nearest(AGENTS, knobs.agents)}
        steps={AGENTS.length}
        said={(at) => words.count(AGENTS[at] ?? 1)}
        onChange={(at) => onChange({ ...knobs, agents: AGENTS[at] ?? 1 })}
      />
      <Box>
        <Typography variant="body2" component="p" id="forecast-hours" sx={{ mb: 0.5 }}>
          {words.hours}
        </Typography>
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-labelledby="forecast-hours"
          value={knobs.peak ? 'peak' : 'off'}
          onChange={(_, hours: 'peak' | 'off' | null) =>
            hours !== null && onChange({ ...knobs, peak: hours === 'peak' })
          }
        >
          <ToggleButton value="off">{words.off}</ToggleButton>
          <ToggleButton value="peak">{words.peak}</ToggleButton>
        </ToggleButtonGroup>
      </Box>
      <TextField
        select
        size="small"
        label={words.licences}
        value={knobs.licences}
        onChange={(event) => onChange({ ...knobs, licences: Number(event.target.value) })}
      >
        {LICENCES.map((licences, at) => (
          <MenuItem key={licences} value={licences}>
            {at === LICENCES.length - 1
              ? t.assess.over(f.int(LICENCES[at - 1] ?? 0))
              : t.assess.upTo(f.int(licences))}
          </MenuItem>
        ))}
      </TextField>
      <Choice
        label={words.line}
        disabled={knobs.measured && measured?.agentBytesPerSecond !== undefined}
        at={atRate(knobs.lineBytesPerSecond)}
        steps={RATES.length}
        said={rate}
        onChange={(at) => onChange({ ...knobs, lineBytesPerSecond: bytesAt(at) })}
      />
      <Choice
        label={words.source}
        at={atRate(knobs.sourceBytesPerSecond)}
        steps={RATES.length}
        said={rate}
        onChange={(at) => onChange({ ...knobs, sourceBytesPerSecond: bytesAt(at) })}
      />
      {measured && (
        <FormControlLabel
          control={
            <Checkbox
              checked={knobs.measured}
              onChange={(event) => onChange({ ...knobs, measured: event.target.checked })}
            />
          }
          label={words.useMeasured}
        />
      )}
    </Stack>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly at: number;
  readonly steps: number;
  readonly said: (at: number) => string;
  /** It would change nothing: something that was measured stands for it. */
  readonly disabled?: boolean;
  readonly onChange: (at: number) => void;
}

/** A slider over a few values, each step as far as the other; the value stands beside its name. */
function Choice({ label, at, steps, said, disabled = false, onChange }: ChoiceProps) {
  const { t } = useText();
  const id = useId();
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 2, typography: 'body2' }}>
        <Box component="span" id={id} sx={{ flexGrow: 1 }}>
          {label}
        </Box>
        <Box component="span" sx={{ fontWeight: 600 }}>
          {disabled ? t.assess.forecast.isMeasured : said(at)}
        </Box>
      </Box>
      <Box sx={{ px: 1.25 }}>
        <Slider
          size="small"
          disabled={disabled}
          aria-labelledby={id}
          value={at}
          min={0}
          max={steps - 1}
          step={1}
          marks
          getAriaValueText={said}
          onChange={(_, value) => onChange(Array.isArray(value) ? (value[0] ?? 0) : value)}
        />
      </Box>
    </Box>
  );
}

function nearest(values: readonly number[], value: number): number {
  const distances = values.map((one) => Math.abs(Math.log(one / value)));
  return distances.indexOf(Math.min(...distances));
}
