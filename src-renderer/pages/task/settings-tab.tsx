import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { filtersSet } from '../../../src-shared/model/filters.ts';
import { isGentle } from '../../../src-shared/model/gentle.ts';
import { defaultSettings, type TaskSettings } from '../../../src-shared/model/settings.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { filterWords } from '../../parts/filter-words.ts';
import { gentleWords } from '../../parts/gentle-words.ts';
import { Section } from '../../parts/section.tsx';
import type { Messages } from '../../text/en.ts';
import type { Format } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { GentleDialog } from './gentle-dialog.tsx';

/** Every setting of the model has a value in words, or this does not compile. */
function valuesInWords(
  t: Messages,
  f: Format,
  settings: TaskSettings,
): Readonly<Record<keyof TaskSettings, string>> {
  const yesNo = (flag: boolean) => (flag ? t.settings.yes : t.settings.no);
  return {
    dryRun: yesNo(settings.dryRun),
    permissions: t.settings.permissions[settings.permissions],
    includeRoot: yesNo(settings.includeRoot),
    leaveOutSystem: yesNo(settings.leaveOutSystem),
    leaveOutTemporary: yesNo(settings.leaveOutTemporary),
    names: t.settings.names[settings.names],
    replacement: t.settings.replacement[settings.replacement],
    filters: filterWords(t, f, settings.filters).join('; ') || t.settings.filters.none,
    gentle: gentleWords(t, f, settings.gentle).join('; ') || t.settings.gentle.none,
    conflict: t.settings.conflict[settings.conflict],
    deletions: t.settings.deletions[settings.deletions],
    moves: t.settings.moves[settings.moves],
    confirmedDeletions: f.int(settings.confirmedDeletions),
    parallelFiles: f.int(settings.parallelFiles),
    fragmentBytes: f.bytes(settings.fragmentBytes),
    keepHashes: yesNo(settings.keepHashes),
    authors: yesNo(settings.authors),
  };
}

const order = [
  'dryRun',
  'permissions',
  'includeRoot',
  'leaveOutSystem',
  'leaveOutTemporary',
  'filters',
  'names',
  'replacement',
  'conflict',
  'deletions',
  'confirmedDeletions',
  'moves',
  'gentle',
  'parallelFiles',
  'fragmentBytes',
  'keepHashes',
  'authors',
] as const satisfies readonly (keyof TaskSettings)[];

/** The settings in force, each with what it means and whether it is the default. */
export function SettingsTab({ task }: { readonly task: Task }) {
  const { t, f } = useText();
  const { settings } = task;
  const [sparing, setSparing] = useState(false);
  const values = valuesInWords(t, f, settings);
  const isDefault = (key: keyof TaskSettings) => {
    if (key === 'filters') return filtersSet(settings.filters).length === 0;
    if (key === 'gentle') return !isGentle(settings.gentle);
    return settings[key] === defaultSettings[key];
  };
  return (
    <Section title={t.task.tabs.settings}>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
        {t.task.settingsNote}
      </Typography>
      <Box component="dl" sx={{ m: 0 }}>
        {order.map((key) => (
          <Box
            key={key}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: '1fr', sm: 'minmax(0, 3fr) minmax(0, 2fr)' },
              gap: 1,
              py: 1.25,
              borderTop: 1,
              borderColor: 'divider',
            }}
          >
            <Box component="dt">
              <Typography variant="body2" sx={{ fontWeight: 600 }}>
                {t.settings.of[key].label}
              </Typography>
              <Typography variant="caption" color="textSecondary">
                {t.settings.of[key].help}
              </Typography>
            </Box>
            <Box
              component="dd"
              sx={{ m: 0, display: 'flex', alignItems: 'center', gap: 1, typography: 'body2' }}
            >
              <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>{values[key]}</Box>
              <Chip
                size="small"
                variant="outlined"
                color={isDefault(key) ? 'default' : 'info'}
                label={isDefault(key) ? t.task.asDefault : t.task.changed}
              />
              {key === 'gentle' && (
                <Button size="small" onClick={() => setSparing(true)} sx={{ flexShrink: 0 }}>
                  {t.settings.gentle.change}
                </Button>
              )}
            </Box>
          </Box>
        ))}
      </Box>
      {sparing && <GentleDialog task={task} onClose={() => setSparing(false)} />}
    </Section>
  );
}
