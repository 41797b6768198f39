import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Checkbox from '@mui/material/Checkbox';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { machinesHash } from '../../app/route.ts';
import { NameText } from '../../parts/path-text.tsx';
import { useNow } from '../../parts/use-now.ts';
import { lookOf, type ShownMachine } from '../../state/machine-look.ts';
import { useText } from '../../text/use-text.ts';
import { MachineMark } from './machine-mark.tsx';
import { agoText, remarkOf } from './machine-words.ts';

interface MachineCardsProps {
  readonly machines: readonly ShownMachine[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** The machines where a grid would not fit. */
export function MachineCards({ machines, chosen, onChoose }: MachineCardsProps) {
  const { t, f } = useText();
  const now = useNow(true);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <Box
      component="ul"
      aria-label={t.machines.grid}
      sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}
    >
      {machines.map((machine) => {
        const { row } = machine;
        const remark = remarkOf(t, f, machine);
        const facts = [
          ...(machine.isThis ? [t.machines.thisOne] : []),
          ...(row?.state === 'working' ? [f.byteRate(row.sample.bytesPerSecond)] : []),
          `${t.machines.columns.seen}: ${agoText(t, f, row?.lastSeen ?? null, now)}`,
        ];
        return (
          <Card key={machine.id} component="li" sx={{ p: 1.5, display: 'flex', gap: 1, minWidth: 0 }}>
            <Checkbox
              checked={chosen.has(machine.id)}
              onChange={() => toggle(machine.id)}
              slotProps={{ input: { 'aria-label': machine.name } }}
              sx={{ alignSelf: 'flex-start', p: 0.5 }}
            />
            <Box sx={{ minWidth: 0 }}>
              <Link href={machinesHash(machine.id)} variant="h3">
                <NameText name={machine.name} />
              </Link>
              <Typography variant="body2" component="div" sx={{ mt: 0.5 }}>
                <MachineMark look={lookOf(machine)} />
              </Typography>
              {remark && (
                <Typography variant="caption" component="p" color="textSecondary">
                  {remark}
                </Typography>
              )}
              <Typography variant="caption" component="p" color="textSecondary">
                {facts.join(' · ')}
              </Typography>
            </Box>
          </Card>
        );
      })}
    </Box>
  );
}
