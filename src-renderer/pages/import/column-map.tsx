import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { type ColumnMeaning, columnMeanings } from '../../../src-shared/imports/columns.ts';
import type { ImportSummary } from '../../imports/import-desk.ts';
import { visible } from '../../parts/visible.ts';
import { withDesk } from '../../state/import-store.ts';
import { useText } from '../../text/use-text.ts';

/** `unknown` is shown as what it comes to: not used. */
const offered = columnMeanings.filter((meaning) => meaning !== 'unknown' && meaning !== 'none-allowed');

/** What each column means, with a sample of it; changed, the rows are read again. */
export function ColumnMap({ summary: { columns } }: { readonly summary: ImportSummary }) {
  const { t } = useText();
  const words = t.imports;
  const headed = columns.some(({ head }) => head !== '');
  const map = (meanings: readonly ColumnMeaning[], header: boolean) =>
    withDesk((desk) => desk.map(meanings, header));
  const meanings = columns.map(({ meaning }) => meaning);
  return (
    <Box
      role="group"
      aria-label={words.columns}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'flex-start' }}
    >
      {columns.map(({ meaning, head, sample }, at) => (
        <TextField
          // Columns have nothing but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          select
          size="small"
          label={words.column(at + 1, visible(head))}
          value={meaning === 'unknown' ? 'not-used' : meaning}
          helperText={visible(sample).slice(0, 28) || '–'}
          onChange={(event) => {
            const next = columnMeanings.find((one) => one === event.target.value) ?? 'unknown';
            void map(meanings.with(at, next), headed);
          }}
          sx={{ width: 168 }}
        >
          {(meaning === 'none-allowed' ? [...offered, meaning] : offered).map((each) => (
            <MenuItem key={each} value={each}>
              {words.meanings[each]}
            </MenuItem>
          ))}
        </TextField>
      ))}
      <FormControlLabel
        control={<Checkbox checked={headed} onChange={(event) => void map(meanings, event.target.checked)} />}
        label={words.headed}
      />
    </Box>
  );
}
