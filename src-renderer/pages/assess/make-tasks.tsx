import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useId, useState } from 'react';
import type { SurveyFigures } from '../../../src-shared/contract/assessments.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { NO_DESTINATION } from '../../../src-shared/rules/destination-address.ts';
import { go } from '../../app/use-route.ts';
import { NameText } from '../../parts/path-text.tsx';
import { leaveCopyDraft } from '../../state/copy-draft.ts';
import { openList } from '../../state/import-store.ts';
import { useText } from '../../text/use-text.ts';
import { folderRows } from './folder-rows.ts';

interface MakeTasksProps {
  readonly task: Task;
  readonly figures: SurveyFigures;
  readonly onClose: () => void;
}

/** An assessment becomes one task, or one for each folder chosen: source and names are taken over, and everything is checked before it is made. */
export function MakeTasks({ task, figures, onClose }: MakeTasksProps) {
  const { t, f } = useText();
  const id = useId();
  const words = t.assess.make;
  const { rows, all } = figures.topFolders;
  const [each, setEach] = useState(false);
  const [destination, setDestination] = useState(task.destination === NO_DESTINATION ? '' : task.destination);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const chosen = rows.filter(({ name }) => !left.has(name)).map(({ name }) => name);
  const missing = destination.trim() === '';
  const loose = figures.depths[0]?.files ?? 0;
  const goOn = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const place = destination.trim();
    if (!each) {
      leaveCopyDraft({ source: task.source, destination: place, namesOf: task.id });
      return go({ page: 'tasks', view: 'all', adding: true });
    }
    if (missing || chosen.length === 0) return;
    const list = folderRows(task.source, chosen, place);
    await openList(words.list(task.name), new TextEncoder().encode(list), task.id);
    go({ page: 'import' });
  };
  const choose = (name: string, wanted: boolean) => {
    const next = new Set(left);
    if (wanted) next.delete(name);
    else next.add(name);
    setLeft(next);
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby={id}
      aria-describedby={`${id}-intro`}
    >
      <Box
        component="form"
        noValidate
        onSubmit={(event: FormEvent) => void goOn(event)}
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
      >
        <DialogTitle id={id}>{words.title}</DialogTitle>
        <DialogContent>
          <Stack spacing={2}>
            <Typography id={`${id}-intro`} color="textSecondary">
              {words.intro}
            </Typography>
            <RadioGroup
              aria-label={words.title}
              value={each ? 'each' : 'whole'}
              onChange={(_, value) => setEach(value === 'each')}
            >
              <FormControlLabel value="whole" control={<Radio />} label={words.whole} />
              <FormControlLabel
                value="each"
                control={<Radio />}
                label={words.perFolder}
                disabled={rows.length === 0}
              />
            </RadioGroup>
            {each && (
              <>
                <TextField
                  required
                  fullWidth
                  label={words.destination}
                  value={destination}
                  onChange={(event) => setDestination(event.target.value)}
                  error={tried && missing}
                  helperText={tried && missing ? words.needed : words.destinationHint}
                  slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off', inputMode: 'url' } }}
                />
                <Box>
                  <FormControlLabel
                    control={
                      <Checkbox
                        checked={left.size === 0}
                        indeterminate={left.size > 0 && chosen.length > 0}
                        onChange={(_, wanted) =>
                          setLeft(wanted ? new Set() : new Set(rows.map(({ name }) => name)))
                        }
                      />
                    }
                    label={words.chooseAll}
                  />
                  <Box
                    component="ul"
                    aria-label={words.folders}
                    sx={{
                      listStyle: 'none',
                      m: 0,
                      p: 0,
                      maxHeight: 260,
                      overflow: 'auto',
                      border: 1,
                      borderColor: 'divider',
                      borderRadius: 1,
                    }}
                  >
                    {rows.map(({ name, files, bytes, blocked }) => (
                      <Box key={name} component="li" sx={{ display: 'flex', alignItems: 'center', pr: 1.5 }}>
                        <FormControlLabel
                          sx={{ ml: 0, flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' }}
                          control={
                            <Checkbox
                              size="small"
                              checked={!left.has(name)}
                              onChange={(_, wanted) => choose(name, wanted)}
                            />
                          }
                          label={<NameText name={name} />}
                        />
                        <Typography variant="caption" color="textSecondary" sx={{ textAlign: 'end' }}>
                          {t.assess.figures(t.units.files(files), f.bytes(bytes))}
                          {blocked > 0 && `, ${t.assess.blocked(blocked)}`}
                        </Typography>
                      </Box>
                    ))}
                  </Box>
                  <Typography variant="body2" role="status" sx={{ mt: 1 }}>
                    {words.chosen(chosen.length)}
                  </Typography>
                  {loose > 0 && (
                    <Typography variant="body2" color="textSecondary">
                      {words.loose(t.units.files(loose))}
                    </Typography>
                  )}
                  {all > rows.length && (
                    <Typography variant="body2" color="textSecondary">
                      {words.more(all - rows.length)}
                    </Typography>
                  )}
                </Box>
              </>
            )}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5, gap: 1 }}>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit" variant="contained" disabled={each && chosen.length === 0}>
            {each ? words.toImport(chosen.length) : words.toCreate}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
