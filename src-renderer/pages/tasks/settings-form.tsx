import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useId } from 'react';
import { conflictRules, type TaskSettings, taskSettingsSchema } from '../../../src-shared/model/settings.ts';
import { splitPath } from '../../parts/path-cut.ts';
import { useText } from '../../text/use-text.ts';

/** Sizes on offer: multiples of 320 KiB below 60 MiB, as the service demands; 32 of them make the default. */
const fragmentSizes = [8, 16, 32, 64, 128, 190].map((n) => n * 327_680);

type Flag = 'includeRoot' | 'dryRun' | 'keepHashes' | 'authors';

interface SettingsFormProps {
  readonly settings: TaskSettings;
  readonly onChange: (settings: TaskSettings) => void;
  readonly source: string;
  readonly destination: string;
}

/** What the destination becomes with or without the folder itself, so that nobody has to guess. */
function resultOf(source: string, destination: string, includeRoot: boolean): string {
  const base = destination.trim().replace(/\/+$/, '');
  const { name } = splitPath(source.trim().replace(/[/\\]+$/, ''));
  return includeRoot ? `${base}/${name}/…` : `${base}/…`;
}

export function SettingsForm({ settings, onChange, source, destination }: SettingsFormProps) {
  const { t, f } = useText();
  const id = useId();
  const { of, names, replacement, conflict, deletions, moves, becomes } = t.settings;
  const flag = (key: Flag, help: string) => (
    <Box>
      <FormControlLabel
        control={
          <Switch
            checked={settings[key]}
            onChange={(_event, checked) => onChange({ ...settings, [key]: checked })}
            slotProps={{ input: { 'aria-describedby': `${id}-${key}` } }}
          />
        }
        label={of[key].label}
      />
      <FormHelperText id={`${id}-${key}`} sx={{ mt: 0, ml: '47px', overflowWrap: 'anywhere' }}>
        {help}
      </FormHelperText>
    </Box>
  );
  const parallel = taskSettingsSchema.shape.parallelFiles;
  return (
    <Stack spacing={2}>
      {flag('dryRun', of.dryRun.help)}
      {flag(
        'includeRoot',
        source.trim() && destination.trim()
          ? becomes(resultOf(source, destination, settings.includeRoot))
          : of.includeRoot.help,
      )}
      {flag('keepHashes', of.keepHashes.help)}
      {flag('authors', of.authors.help)}
      <TextField
        select
        label={of.names.label}
        helperText={of.names.help}
        value={settings.names}
        onChange={(event) => onChange(taskSettingsSchema.parse({ ...settings, names: event.target.value }))}
      >
        <MenuItem value="replace">{names.replace}</MenuItem>
        <MenuItem value="fail">{names.fail}</MenuItem>
      </TextField>
      <TextField
        select
        disabled={settings.names === 'fail'}
        label={of.replacement.label}
        helperText={of.replacement.help}
        value={settings.replacement}
        onChange={(event) =>
          onChange(taskSettingsSchema.parse({ ...settings, replacement: event.target.value }))
        }
      >
        <MenuItem value="look-alike">{replacement['look-alike']}</MenuItem>
        <MenuItem value="_">{replacement._}</MenuItem>
      </TextField>
      <TextField
        select
        label={of.conflict.label}
        helperText={of.conflict.help}
        value={settings.conflict}
        onChange={(event) =>
          onChange(taskSettingsSchema.parse({ ...settings, conflict: event.target.value }))
        }
      >
        {conflictRules.map((rule) => (
          <MenuItem key={rule} value={rule}>
            {conflict[rule]}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={of.deletions.label}
        helperText={of.deletions.help}
        value={settings.deletions}
        onChange={(event) =>
          onChange(taskSettingsSchema.parse({ ...settings, deletions: event.target.value }))
        }
      >
        <MenuItem value="list">{deletions.list}</MenuItem>
        <MenuItem value="recycle">{deletions.recycle}</MenuItem>
      </TextField>
      <TextField
        select
        label={of.moves.label}
        helperText={of.moves.help}
        value={settings.moves}
        onChange={(event) => onChange(taskSettingsSchema.parse({ ...settings, moves: event.target.value }))}
      >
        <MenuItem value="follow">{moves.follow}</MenuItem>
        <MenuItem value="copy">{moves.copy}</MenuItem>
      </TextField>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <TextField
          select
          label={of.parallelFiles.label}
          helperText={of.parallelFiles.help}
          value={settings.parallelFiles}
          onChange={(event) =>
            onChange({ ...settings, parallelFiles: parallel.parse(Number(event.target.value)) })
          }
        >
          {[1, 2, 4, 8, 16, 24, 32, 48, 64].map((n) => (
            <MenuItem key={n} value={n}>
              {f.int(n)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={of.fragmentBytes.label}
          helperText={of.fragmentBytes.help}
          value={settings.fragmentBytes}
          onChange={(event) => onChange({ ...settings, fragmentBytes: Number(event.target.value) })}
        >
          {fragmentSizes.map((size) => (
            <MenuItem key={size} value={size}>
              {f.bytes(size)}
            </MenuItem>
          ))}
        </TextField>
      </Box>
    </Stack>
  );
}
