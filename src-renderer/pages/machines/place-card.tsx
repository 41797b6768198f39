import Computer from '@mui/icons-material/ComputerOutlined';
import Hub from '@mui/icons-material/HubOutlined';
import Link from '@mui/icons-material/LinkOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';
import type { FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import { IconTile } from '../../parts/icon-tile.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useText } from '../../text/use-text.ts';
import { PairingWords } from './pairing-words.tsx';

export const placeOrders = [
  'promote',
  'invite',
  'join',
  'change',
  'move',
  'demote',
  'leave',
  'rekey',
] as const;
export type PlaceOrder = (typeof placeOrders)[number];

const icons = { alone: Computer, coordinator: Hub, joined: Link } as const;
const ordersOf = {
  alone: ['promote', 'join'],
  coordinator: ['invite', 'change', 'move', 'demote'],
  joined: ['rekey', 'leave'],
} as const satisfies Record<FleetState['role'], readonly PlaceOrder[]>;

interface PlaceCardProps {
  readonly place: FleetState;
  readonly onOrder: (order: PlaceOrder) => void;
}

/** What this machine is in the fleet, in one sentence, and what can be made of that. */
export function PlaceCard({ place, onOrder }: PlaceCardProps) {
  const { t } = useText();
  const id = useId();
  const words = t.machines.place;
  const Icon = icons[place.role];
  const title = {
    alone: words.alone,
    coordinator: words.coordinator,
    joined: words.joined(place.joined?.coordinator ?? ''),
  };
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: { xs: 2, md: 2.5 } }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start' }}>
        <IconTile color="primary.main">
          <Icon />
        </IconTile>
        <Box sx={{ minWidth: 0, flexGrow: 1 }}>
          <Typography id={id} variant="h2">
            {title[place.role]}
          </Typography>
          <Body place={place} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2 }}>
            {ordersOf[place.role].map((order, at) => (
              <Button
                key={order}
                variant={at === 0 && place.role !== 'joined' ? 'contained' : 'outlined'}
                color={order === 'demote' || order === 'leave' ? 'error' : 'primary'}
                onClick={() => onOrder(order)}
              >
                {words[order]}
              </Button>
            ))}
          </Box>
        </Box>
      </Box>
    </Card>
  );
}

function Body({ place: { listener, joined } }: { readonly place: FleetState }) {
  const { t } = useText();
  const words = t.machines.place;
  if (joined) {
    return (
      <>
        <Text>{words.joinedState[joined.state]}</Text>
        {joined.state === 'pending' && <PairingWords words={joined.words} />}
        {joined.problem && (
          <Box sx={{ mt: 1.5 }}>
            <ProblemNote problem={joined.problem} />
          </Box>
        )}
      </>
    );
  }
  if (!listener) return <Text>{words.aloneBody}</Text>;
  const where = listener.addresses.map((address) => `${address}:${listener.port}`).join(', ');
  return (
    <>
      <Text>{listener.listening ? words.listening(where) : words.notListening}</Text>
      {listener.problem && (
        <Box sx={{ mt: 1.5 }}>
          <ProblemNote problem={listener.problem} />
        </Box>
      )}
      <Typography
        variant="caption"
        component="p"
        color="textSecondary"
        sx={{ mt: 0.5, overflowWrap: 'anywhere' }}
      >
        {`${words.fingerprint}: ${listener.fingerprint}`}
      </Typography>
    </>
  );
}

function Text({ children }: { readonly children: ReactNode }) {
  return (
    <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5, maxWidth: '78ch' }}>
      {children}
    </Typography>
  );
}
