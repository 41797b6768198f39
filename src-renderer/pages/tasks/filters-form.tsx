import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';
import { emptyRange, type Filters } from '../../../src-shared/model/filters.ts';
import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import { useText } from '../../text/use-text.ts';
import { DayField, PatternsField, SizeField } from './filter-fields.tsx';

interface FiltersFormProps {
  readonly settings: TaskSettings;
  readonly onChange: (settings: TaskSettings) => void;
}

/** What a task is to leave out: the two rules that every task has, and the filters. */
export function FiltersForm({ settings, onChange }: FiltersFormProps) {
  const { t } = useText();
  const { filters } = settings;
  const { groups, label, help, intro } = t.settings.filters;
  const change = (changed: Partial<Filters>) =>
    onChange({ ...settings, filters: { ...filters, ...changed } });
  const empty = emptyRange(filters);
  const patterns = (key: PatternsKey, splitAtCommas = false) => (
    <PatternsField
      label={label[key]}
      help={help[key]}
      splitAtCommas={splitAtCommas}
      value={filters[key]}
      onChange={(value) => change({ [key]: value })}
    />
  );
  const day = (key: DayKey) => (
    <DayField
      label={label[key]}
      value={filters[key]}
      wrong={empty === key}
      onChange={(value) => change({ [key]: value })}
    />
  );
  const size = (key: SizeKey) => (
    <SizeField
      label={label[key]}
      help={help[key]}
      value={filters[key]}
      wrong={empty === key}
      onChange={(value) => change({ [key]: value })}
    />
  );
  const flag = (key: 'skipHidden' | 'skipOffline' | 'listFolders') => (
    <Flag
      label={label[key]}
      help={help[key] ?? ''}
      checked={filters[key]}
      onChange={(value) => change({ [key]: value })}
    />
  );
  const rule = (key: 'leaveOutSystem' | 'leaveOutTemporary') => (
    <Flag
      {...t.settings.of[key]}
      checked={settings[key]}
      onChange={(value) => onChange({ ...settings, [key]: value })}
    />
  );
  return (
    <Stack spacing={2.5}>
      <Typography variant="body2" color="textSecondary">
        {intro}
      </Typography>
      <Pair>
        {rule('leaveOutSystem')}
        {rule('leaveOutTemporary')}
        {flag('skipHidden')}
        {flag('skipOffline')}
      </Pair>
      <Group title={groups.files}>
        {patterns('onlyExtensions', true)}
        {patterns('skipExtensions', true)}
      </Group>
      <Group title={groups.names}>
        {patterns('onlyNames')}
        {patterns('skipNames')}
      </Group>
      <Group title={groups.size}>
        {size('minBytes')}
        {size('maxBytes')}
      </Group>
      <Group title={groups.modified}>
        {day('modifiedFrom')}
        {day('modifiedBefore')}
      </Group>
      <Group title={groups.created}>
        {day('createdFrom')}
        {day('createdBefore')}
      </Group>
      <Group title={groups.folders} wide>
        {patterns('skipFolders')}
        {flag('listFolders')}
      </Group>
    </Stack>
  );
}

type PatternsKey = 'onlyExtensions' | 'skipExtensions' | 'onlyNames' | 'skipNames' | 'skipFolders';
type DayKey = 'modifiedFrom' | 'modifiedBefore' | 'createdFrom' | 'createdBefore';
type SizeKey = 'minBytes' | 'maxBytes';

function Group({
  title,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <Box role="group" aria-labelledby={id}>
      <Typography id={id} variant="h3" component="h3" sx={{ mb: 1.25 }}>
        {title}
      </Typography>
      <Pair wide={wide}>{children}</Pair>
    </Box>
  );
}

function Pair({ wide = false, children }: { readonly wide?: boolean; readonly children: ReactNode }) {
  const columns = wide ? '1fr' : { xs: '1fr', sm: 'minmax(0, 1fr) minmax(0, 1fr)' };
  return (
    <Box
      sx={{ display: 'grid', columnGap: 2, rowGap: 1.5, alignItems: 'start', gridTemplateColumns: columns }}
    >
      {children}
    </Box>
  );
}

function Flag({
  label,
  help,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly help: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <Box>
      <FormControlLabel
        control={
          <Switch
            checked={checked}
            onChange={(_event, value) => onChange(value)}
            slotProps={{ input: { 'aria-describedby': id } }}
          />
        }
        label={label}
        slotProps={{ typography: { variant: 'body2' } }}
      />
      <FormHelperText id={id} sx={{ mt: 0, ml: '47px' }}>
        {help}
      </FormHelperText>
    </Box>
  );
}
