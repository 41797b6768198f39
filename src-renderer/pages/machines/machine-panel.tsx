import Close from '@mui/icons-material/CloseOutlined';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';
import { taskHash } from '../../app/route.ts';
import { Facts } from '../../parts/facts.tsx';
import { InFlight } from '../../parts/in-flight.tsx';
import { Moment } from '../../parts/moment.tsx';
import { NameText, PathText } from '../../parts/path-text.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { lookOf, type ShownMachine } from '../../state/machine-look.ts';
import { codeEntry } from '../../text/code-texts.ts';
import { useText } from '../../text/use-text.ts';
import { MachineMark } from './machine-mark.tsx';
import { limitWords, remarkOf } from './machine-words.ts';

interface MachinePanelProps {
  readonly machine: ShownMachine;
  readonly speeds: readonly number[];
  /** The orders for this machine. */
  readonly actions: ReactNode;
  readonly onClose: () => void;
}

/** Everything about one machine, beside the list; Esc closes it. */
export function MachinePanel({ machine, speeds, actions, onClose }: MachinePanelProps) {
  const { t, f } = useText();
  const id = useId();
  const { row, member } = machine;
  const words = t.machines.panel;
  const remark = remarkOf(t, f, machine);
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      slotProps={{
        paper: { role: 'dialog', 'aria-labelledby': id, sx: { width: { xs: '100%', sm: 440 }, p: 2.5 } },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
        <Typography id={id} variant="h1" component="h2" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}>
          <NameText name={machine.name} />
        </Typography>
        <IconButton aria-label={t.shell.close} onClick={onClose} autoFocus>
          <Close fontSize="small" />
        </IconButton>
      </Box>
      <Typography component="div">
        <MachineMark look={lookOf(machine)} />
      </Typography>
      {remark && (
        <Typography variant="body2" color="textSecondary">
          {remark}
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2 }}>{actions}</Box>

      <Block title={words.doing}>
        {row?.state === 'working' && (
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 1 }}>
            <Sparkline values={speeds} width={150} />
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {`${f.byteRate(row.sample.bytesPerSecond)} · ${t.units.filesPerSecond(row.sample.filesPerSecond)}`}
            </Typography>
          </Box>
        )}
        {!row || row.units.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {words.nothing}
          </Typography>
        ) : (
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {row.units.map(({ unit, task, name, path, phase }) => (
              <Box key={unit} component="li" sx={{ py: 0.5 }}>
                <Typography variant="body2" component="div" sx={{ display: 'flex', gap: 1 }}>
                  <Link href={taskHash(task)} noWrap sx={{ flexGrow: 1 }}>
                    <NameText name={name} />
                  </Link>
                  {phase && <span>{t.phase[phase]}</span>}
                </Typography>
                <Typography variant="caption" component="div" color="textSecondary">
                  {path === '' ? words.whole : <PathText path={path} />}
                </Typography>
              </Box>
            ))}
          </Box>
        )}
        {row && row.inFlight.length > 0 && (
          <Box sx={{ mt: 1 }}>
            <InFlight files={row.inFlight} />
          </Box>
        )}
      </Block>

      {row && (
        <Block title={words.limits}>
          <Facts
            facts={[
              [words.labels, row.rules.labels.join(', ') || words.none],
              [words.limits, limitWords(t, f, row.rules, row.bandwidth).join('; ') || words.none],
            ]}
          />
        </Block>
      )}
      {row && row.cannotRead.length > 0 && (
        <Block title={words.cannotRead}>
          {row.cannotRead.map(({ source, code, since }) => (
            <Box key={source} sx={{ py: 0.5 }}>
              <Typography variant="body2" component="div">
                <PathText path={source} />
              </Typography>
              <Typography variant="caption" color="textSecondary">
                {`${codeEntry(f.locale, code)?.title ?? code}, ${words.since(f.shortDateTime(since))}`}
              </Typography>
            </Box>
          ))}
        </Block>
      )}
      <Block title={words.about}>
        <Facts
          facts={[
            ...(member
              ? ([
                  [words.words, member.words],
                  [words.paired, <Moment key="p" at={member.pairedAt} shape="short" />],
                ] as const)
              : []),
            ...(row
              ? ([
                  [words.firstSeen, <Moment key="f" at={row.firstSeen} shape="short" />],
                  [words.lastSeen, <Moment key="l" at={row.lastSeen} shape="short" />],
                ] as const)
              : []),
          ]}
        />
      </Block>
    </Drawer>
  );
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Box component="section" sx={{ mt: 3 }}>
      <Typography variant="h3" sx={{ mb: 0.75 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}
