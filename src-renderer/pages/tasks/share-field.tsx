import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { shareWords } from '../../parts/gentle-words.ts';
import { useText } from '../../text/use-text.ts';

/** A share of the time; one that is not on offer, from the command line, is kept. */
export function ShareField({
  label,
  shares,
  value,
  onChange,
}: {
  readonly label: string;
  readonly shares: readonly number[];
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const { t, f } = useText();
  const offered = [...new Set([...shares, value])].sort((a, b) => b - a);
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {offered.map((each) => (
        <MenuItem key={each} value={each}>
          {shareWords(t, f, each)}
        </MenuItem>
      ))}
    </TextField>
  );
}
