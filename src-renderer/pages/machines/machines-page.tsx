import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState } from 'react';
import { go } from '../../app/use-route.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { shownMachines } from '../../state/machine-look.ts';
import { useFleetPlace } from '../../state/use-fleet-place.ts';
import { useMachines } from '../../state/use-machines.ts';
import { useText } from '../../text/use-text.ts';
import { MachineCards } from './machine-cards.tsx';
import { MachineGrid } from './machine-grid.tsx';
import { MachineOrders } from './machine-orders.tsx';
import { MachinePanel } from './machine-panel.tsx';
import { PendingMachines } from './pending-machines.tsx';
import { PlaceCard, type PlaceOrder } from './place-card.tsx';
import { PlaceDialogs } from './place-dialogs.tsx';

interface MachinesPageProps {
  /** Whose panel is open. */
  readonly machine: string | null;
  readonly nonce: string | undefined;
}

/** Who works: the place of this machine, whoever wants to join, and all machines of the fleet with what they do. */
export function MachinesPage({ machine, nonce }: MachinesPageProps) {
  const { t } = useText();
  const fleet = useFleetPlace();
  const { rows, speeds, error, accept } = useMachines();
  const narrow = useMediaQuery('(max-width: 899.9px)');
  const [asked, setAsked] = useState<PlaceOrder | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { place, members, failure, refresh } = fleet;
  const machines = shownMachines(rows ?? [], members, place?.machine);
  const selected = machines.filter(({ id }) => chosen.has(id));
  const open = machines.find(({ id }) => id === machine);
  const pending = members.some(({ state }) => state === 'pending');
  const orders = {
    coordinates: place?.role === 'coordinator',
    onRow: accept,
    onChanged: refresh,
  };
  return (
    <Stack spacing={2.5}>
      <Typography variant="h1">{t.machines.title}</Typography>
      {failure && <FailureNote failure={failure} again={() => void refresh()} />}
      {error && (
        <Alert severity="error" variant="outlined">
          {`${t.machines.failed}: ${error}`}
        </Alert>
      )}
      {!place && !failure && <PageSkeleton label={t.machines.loading} />}
      {place && <PlaceCard place={place} onOrder={setAsked} />}
      {pending && asked !== 'invite' && (
        <Stack component="section" spacing={1.5} aria-label={t.machines.pending.title}>
          <Typography variant="h2">{t.machines.pending.title}</Typography>
          <PendingMachines members={members} onChanged={refresh} />
        </Stack>
      )}
      {selected.length > 0 && (
        <Box
          role="region"
          aria-label={t.machines.selected(selected.length)}
          sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
        >
          <Typography variant="body2" sx={{ fontWeight: 600, mr: 1 }}>
            {t.machines.selected(selected.length)}
          </Typography>
          <MachineOrders machines={selected} {...orders} />
        </Box>
      )}
      {rows && place && machines.length === 0 && (
        <EmptyState title={t.machines.none} body={t.machines.noneBody}>
          <Button href="#/overview">{t.shell.toOverview}</Button>
        </EmptyState>
      )}
      {machines.length > 0 &&
        (narrow ? (
          <MachineCards machines={machines} chosen={chosen} onChoose={setChosen} />
        ) : (
          <MachineGrid
            machines={machines}
            speeds={speeds}
            chosen={chosen}
            onChoose={setChosen}
            nonce={nonce}
          />
        ))}
      {open && (
        <MachinePanel
          machine={open}
          speeds={speeds.get(open.id) ?? []}
          actions={<MachineOrders machines={[open]} {...orders} />}
          onClose={() => go({ page: 'machines', machine: null })}
        />
      )}
      <PlaceDialogs fleet={fleet} order={asked} onOrder={setAsked} />
    </Stack>
  );
}
