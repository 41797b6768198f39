import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { FleetMachine } from '../../../src-shared/contract/fleet-admin.ts';
import { NameText } from '../../parts/path-text.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { useNow } from '../../parts/use-now.ts';
import { visible } from '../../parts/visible.ts';
import { ask, type Failure } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { useText } from '../../text/use-text.ts';
import { PairingWords } from './pairing-words.tsx';

interface PendingMachinesProps {
  readonly members: readonly FleetMachine[];
  readonly onChanged: () => Promise<void>;
}

/** Machines that want to join: the words of each, and the decision. Nobody gets in without it. */
export function PendingMachines({ members, onChanged }: PendingMachinesProps) {
  const { t, f } = useText();
  const client = useClient();
  const now = useNow(true);
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const pending = members.filter(({ state }) => state === 'pending');
  const decide = async (machine: string, order: 'accept' | 'revoke') => {
    if (!client) return;
    setBusy(machine);
    const answer = await ask(() => client.fleet[order]({ machine }));
    setFailure(answer.ok ? null : answer.failure);
    await onChanged();
    setBusy(null);
  };
  const words = t.machines.pending;
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      {pending.map(({ machine, name, words: theirs, pairedAt }) => (
        <Card
          key={machine}
          role="group"
          aria-label={`${words.title}: ${visible(name)}`}
          sx={{ p: 2, borderColor: 'warning.main' }}
        >
          <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, alignItems: 'baseline' }}>
            <Typography variant="h3" component="h3">
              <NameText name={name} />
            </Typography>
            <Typography variant="caption" color="textSecondary">
              {words.since(f.duration(Math.max(0, now - pairedAt)))}
            </Typography>
          </Box>
          <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
            {words.compare}
          </Typography>
          <PairingWords words={theirs} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
            <Button
              variant="contained"
              disabled={busy !== null || !client}
              onClick={() => void decide(machine, 'accept')}
            >
              {words.accept}
            </Button>
            <Button
              color="error"
              disabled={busy !== null || !client}
              onClick={() => void decide(machine, 'revoke')}
            >
              {words.reject}
            </Button>
          </Box>
        </Card>
      ))}
    </>
  );
}
