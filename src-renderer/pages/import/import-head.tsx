import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { ImportSummary } from '../../imports/import-desk.ts';
import { rowStates } from '../../imports/issue-groups.ts';
import { NameText } from '../../parts/path-text.tsx';
import { dropList, importDesk, useImport, withDesk } from '../../state/import-store.ts';
import { useText } from '../../text/use-text.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { download } from './download.ts';

/** Which file it is and how it was understood, the rows by state as views, and what can be done with the whole list. */
export function ImportHead({ summary }: { readonly summary: ImportSummary }) {
  const { t, f } = useText();
  const words = t.imports;
  const filter = useImport((state) => state.filter);
  const [asking, setAsking] = useState(false);
  const { delimiter, encoding, counts } = summary;
  const form = delimiter === undefined ? words.json : (delimiters(words)[delimiter] ?? delimiter);
  const shown = rowStates.filter((state) => counts[state] > 0 || filter.state === state);
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Typography variant="h2" sx={{ overflowWrap: 'anywhere' }}>
          <NameText name={summary.name} />
        </Typography>
        <Typography variant="body2" color="textSecondary" sx={{ flexGrow: 1 }}>
          {`${words.rows(counts.all)} · ${words.facts(encoding.toUpperCase(), form)}`}
        </Typography>
        <Button size="small" disabled={!summary.canUndo} onClick={() => void withDesk((desk) => desk.undo())}>
          {words.undo}
        </Button>
        <Button size="small" disabled={!summary.canRedo} onClick={() => void withDesk((desk) => desk.redo())}>
          {words.redo}
        </Button>
        <Button
          size="small"
          onClick={() =>
            void importDesk()
              .csv()
              .then((csv) => download(correctedName(summary.name), csv))
          }
        >
          {words.corrected}
        </Button>
        <Button size="small" color="error" onClick={() => setAsking(true)}>
          {words.discard}
        </Button>
      </Box>
      <Box role="group" aria-label={t.tasks.views} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <View label={words.all} count={f.int(counts.all)} here={filter.state === undefined} to={undefined} />
        {shown.map((state) => (
          <View
            key={state}
            label={words.states[state]}
            count={f.int(counts[state])}
            here={filter.state === state}
            to={state}
          />
        ))}
      </Box>
      {asking && <DiscardDialog onDiscard={() => void dropList()} onClose={() => setAsking(false)} />}
    </Box>
  );
}

function View({
  label,
  count,
  here,
  to,
}: {
  readonly label: string;
  readonly count: string;
  readonly here: boolean;
  readonly to: (typeof rowStates)[number] | undefined;
}) {
  return (
    <Chip
      clickable
      aria-pressed={here}
      color={here ? 'primary' : 'default'}
      variant={here ? 'filled' : 'outlined'}
      label={`${label} ${count}`}
      onClick={() => useImport.setState({ filter: to === undefined ? {} : { state: to } })}
    />
  );
}

function delimiters(words: {
  readonly delimiters: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> {
  return words.delimiters;
}

function correctedName(name: string): string {
  return `${name.replace(/\.[a-z]{1,4}$/i, '').replace(/[^\p{L}\p{N}._-]+/gu, '-')}-corrected.csv`;
}
