import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { parseSize } from '../../../src-shared/rules/size-text.ts';
import { useText } from '../../text/use-text.ts';

interface FieldProps<T> {
  readonly label: string;
  readonly help?: string | undefined;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** Patterns, a chip each. What is typed counts as soon as the field is left; a pasted list becomes several. */
export function PatternsField({
  label,
  help,
  splitAtCommas,
  value,
  onChange,
}: FieldProps<string[]> & { readonly splitAtCommas: boolean }) {
  const separators = splitAtCommas ? /[\s,;]+/ : /[\n;]+/;
  const change = (texts: readonly string[]) => {
    const parts = texts.flatMap((text) => text.split(separators)).map((part) => part.trim());
    onChange([...new Set(parts.filter((part) => part !== ''))]);
  };
  return (
    <Autocomplete
      multiple
      freeSolo
      autoSelect
      size="small"
      options={[]}
      value={value}
      onChange={(_event, texts) => change(texts)}
      slotProps={{ chip: { size: 'small', variant: 'outlined' } }}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          helperText={help}
          slotProps={{ ...params.slotProps, htmlInput: { ...params.slotProps.htmlInput, spellCheck: false } }}
        />
      )}
    />
  );
}

/** A day of this computer's calendar, kept as its first moment. */
export function DayField({
  label,
  value,
  wrong,
  onChange,
}: FieldProps<number | null> & { readonly wrong: boolean }) {
  const { t } = useText();
  return (
    <TextField
      type="date"
      size="small"
      label={label}
      value={value === null ? '' : dayOf(value)}
      onChange={(event) => {
        const at = new Date(`${event.target.value}T00:00`).getTime();
        onChange(Number.isNaN(at) ? null : at);
      }}
      error={wrong}
      helperText={wrong ? t.settings.filters.emptyRange : undefined}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { max: '9999-12-31' } }}
    />
  );
}

/** A size as people write it. What is no size is said to be none, and filters nothing. */
export function SizeField({
  label,
  help,
  value,
  wrong,
  onChange,
}: FieldProps<number | null> & { readonly wrong: boolean }) {
  const { t } = useText();
  const { noSize, emptyRange } = t.settings.filters;
  const [text, setText] = useState(value === null ? '' : String(value));
  const unread = text.trim() !== '' && parseSize(text) === undefined;
  return (
    <TextField
      size="small"
      label={label}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(parseSize(event.target.value) ?? null);
      }}
      error={unread || wrong}
      helperText={unread ? noSize : wrong ? emptyRange : help}
      slotProps={{ htmlInput: { autoComplete: 'off' } }}
    />
  );
}

function dayOf(at: number): string {
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return [String(year).padStart(4, '0'), month, day].map((part) => String(part).padStart(2, '0')).join('-');
}
