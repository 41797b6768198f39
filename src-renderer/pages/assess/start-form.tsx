import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { assessmentHash } from '../../app/route.ts';
import { FailureNote } from '../../parts/problem-note.tsx';
import { Section } from '../../parts/section.tsx';
import { ask, type Failure } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { refreshTasks } from '../../state/tasks.ts';
import { useText } from '../../text/use-text.ts';

/** What is to be assessed, and for which place if that is known. */
export function StartForm() {
  const { t } = useText();
  const client = useClient();
  const [source, setSource] = useState('');
  const [destination, setDestination] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const missing = source.trim() === '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!client || missing || busy) return;
    setBusy(true);
    setFailure(null);
    const place = destination.trim();
    const answer = await ask(() =>
      client.assessments.start({ source: source.trim(), ...(place ? { destination: place } : {}) }),
    );
    setBusy(false);
    void refreshTasks(client);
    if (!answer.ok) return setFailure(answer.failure);
    window.location.hash = assessmentHash(answer.value.task.id);
  };
  return (
    <Section title={t.assess.start}>
      <Box
        component="form"
        noValidate
        onSubmit={(event: FormEvent) => void submit(event)}
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr)) auto' },
        }}
      >
        <TextField
          required
          label={t.assess.source}
          value={source}
          onChange={(event) => setSource(event.target.value)}
          error={tried && missing}
          helperText={tried && missing ? t.create.required : t.create.sourceHint}
          slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off' } }}
        />
        <TextField
          label={t.assess.destination}
          value={destination}
          onChange={(event) => setDestination(event.target.value)}
          helperText={t.assess.destinationHint}
          slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off', inputMode: 'url' } }}
        />
        <Button type="submit" variant="contained" disabled={busy || !client} sx={{ mt: { md: 1.25 }, px: 3 }}>
          {t.assess.start}
        </Button>
      </Box>
      <Box aria-live="polite" sx={{ mt: busy || failure ? 2 : 0 }}>
        {busy && <Typography variant="body2">{t.assess.starting}</Typography>}
        {failure && <FailureNote failure={failure} />}
      </Box>
    </Section>
  );
}
