import ExpandMore from '@mui/icons-material/ExpandMoreOutlined';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { filtersSet } from '../../../src-shared/model/filters.ts';
import { gentleSchema } from '../../../src-shared/model/gentle.ts';
import { defaultSettings, type TaskSettings } from '../../../src-shared/model/settings.ts';
import { go } from '../../app/use-route.ts';
import { gentleWords } from '../../parts/gentle-words.ts';
import { FailureNote } from '../../parts/problem-note.tsx';
import { ask, type Failure } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { takeCopyDraft } from '../../state/copy-draft.ts';
import { refreshTasks } from '../../state/tasks.ts';
import { useText } from '../../text/use-text.ts';
import { FiltersForm } from './filters-form.tsx';
import { GentleForm } from './gentle-form.tsx';
import { SettingsForm } from './settings-form.tsx';

/** Source, destination, settings. What the machine finds wrong stands in the dialog, and nothing typed is lost. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, f } = useText();
  const client = useClient();
  const id = useId();
  const narrow = useMediaQuery('(max-width: 599.9px)');
  const [draft] = useState(takeCopyDraft);
  const [source, setSource] = useState(draft?.source ?? '');
  const [destination, setDestination] = useState(draft?.destination ?? '');
  const [name, setName] = useState('');
  const [settings, setSettings] = useState<TaskSettings>(defaultSettings);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const missing = { source: source.trim() === '', destination: destination.trim() === '' };

  const filters = filtersSet(settings.filters).length;
  const filterNote =
    filters === 0 ? t.settings.filters.none : t.settings.filters.set(f.int(filters), filters === 1);

  const gentleNote = gentleWords(t, f, settings.gentle).at(-1) ?? t.settings.gentle.none;
  const fits = gentleSchema.safeParse(settings.gentle).success;

  const submit = async (start: boolean) => {
    setTried(true);
    if (!client || !fits || missing.source || missing.destination) return;
    setBusy(true);
    setFailure(null);
    const label = name.trim();
    const answer = await ask(async () => {
      const made = await client.tasks.create({
        source: source.trim(),
        destination: destination.trim(),
        settings,
        ...(label ? { name: label } : {}),
        ...(draft ? { namesOf: draft.namesOf } : {}),
      });
      if (!made.ok || !start) return made;
      const started = await client.tasks.order({ task: made.value.id, order: 'start' });
      return started.ok ? made : started;
    });
    setBusy(false);
    void refreshTasks(client);
    if (!answer.ok) return setFailure(answer.failure);
    go({ page: 'task', task: answer.value.id, tab: 'overview', filter: {} });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit(true);
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      fullScreen={narrow}
      onClose={onClose}
      aria-labelledby={id}
      aria-describedby={`${id}-intro`}
    >
      <Box
        component="form"
        noValidate
        onSubmit={onSubmit}
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
      >
        <DialogTitle id={id}>{t.create.title}</DialogTitle>
        <DialogContent>
          <Typography id={`${id}-intro`} color="textSecondary" sx={{ mb: 2 }}>
            {t.create.intro}
          </Typography>
          <Stack spacing={2}>
            <TextField
              autoFocus
              required
              fullWidth
              label={t.create.source}
              value={source}
              onChange={(event) => setSource(event.target.value)}
              error={tried && missing.source}
              helperText={tried && missing.source ? t.create.required : t.create.sourceHint}
              slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off' } }}
            />
            <TextField
              required
              fullWidth
              label={t.create.destination}
              value={destination}
              onChange={(event) => setDestination(event.target.value)}
              error={tried && missing.destination}
              helperText={tried && missing.destination ? t.create.required : t.create.destinationHint}
              slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off', inputMode: 'url' } }}
            />
            <TextField
              fullWidth
              label={t.create.name}
              value={name}
              onChange={(event) => setName(event.target.value)}
              helperText={t.create.nameHint}
              slotProps={{ htmlInput: { autoComplete: 'off', maxLength: 200 } }}
            />
            <div>
              <Fold title={t.settings.filters.title} note={filterNote}>
                <FiltersForm settings={settings} onChange={setSettings} />
              </Fold>
              <Fold title={t.settings.gentle.title} note={gentleNote}>
                <GentleForm
                  gentle={settings.gentle}
                  onChange={(gentle) => setSettings({ ...settings, gentle })}
                />
              </Fold>
              <Fold title={t.create.settings}>
                <SettingsForm
                  settings={settings}
                  onChange={setSettings}
                  source={source}
                  destination={destination}
                />
              </Fold>
            </div>
            <Box aria-live="polite">
              {busy && <Typography variant="body2">{t.create.checking}</Typography>}
              {failure && <FailureNote failure={failure} />}
            </Box>
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5, flexWrap: 'wrap', gap: 1 }}>
          <Button onClick={onClose}>{t.create.cancel}</Button>
          <Button disabled={busy || !client || !fits} onClick={() => void submit(false)}>
            {t.create.create}
          </Button>
          <Button type="submit" variant="contained" disabled={busy || !client || !fits}>
            {t.create.createAndStart}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}

function Fold({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <Accordion
      variant="outlined"
      disableGutters
      sx={{ '&::before': { display: 'none' }, '& + &': { borderTop: 0 } }}
    >
      <AccordionSummary expandIcon={<ExpandMore />}>
        <Typography component="span" sx={{ fontWeight: 600 }}>
          {title}
        </Typography>
        {note !== undefined && (
          <Typography
            component="span"
            color="textSecondary"
            sx={{ ml: 'auto', pl: 2, mr: 1, textAlign: 'end' }}
          >
            {note}
          </Typography>
        )}
      </AccordionSummary>
      <AccordionDetails>{children}</AccordionDetails>
    </Accordion>
  );
}
