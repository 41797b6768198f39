import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { taskHash } from '../../app/route.ts';
import { InFlight } from '../../parts/in-flight.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { Section } from '../../parts/section.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useTasks } from '../../state/tasks.ts';
import { reasonText } from '../../text/code-texts.ts';
import { isActive, isScanning, waitsFor } from '../../text/overall.ts';
import { useText } from '../../text/use-text.ts';

function TaskAtWork({ row }: { readonly row: TaskRow }) {
  const { t, f } = useText();
  const reason = waitsFor(row);
  const facts = [
    row.task.settings.dryRun
      ? `${t.units.files(row.counts.found.files)}, ${t.overview.onlyLooked}`
      : t.units.ofTotal(
          t.units.files(row.counts.byOutcome.copied.files + row.counts.byOutcome.present.files),
          f.int(row.counts.found.files),
        ),
    row.sample ? f.byteRate(row.sample.bytesPerSecond) : '',
    isScanning(row) ? t.overview.stillScanning : '',
  ].filter((text) => text !== '');
  return (
    <Box
      component="li"
      sx={{ py: 1.5, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0, pt: 0 } }}
    >
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.5, alignItems: 'center', mb: 0.75 }}
      >
        <Link href={taskHash(row.task.id)} variant="h3" sx={{ flexGrow: 1, minWidth: 120 }}>
          {row.task.name}
        </Link>
        <Typography variant="body2" component="span">
          <StateMark state={row.state} />
        </Typography>
        {row.progress !== null && (
          <Typography
            variant="body2"
            component="span"
            sx={{ fontWeight: 600, minWidth: 44, textAlign: 'end' }}
          >
            {f.percent(row.progress)}
          </Typography>
        )}
      </Box>
      <ProgressBar label={row.task.name} value={row.progress} />
      {reason && (
        <Typography variant="body2" sx={{ mt: 0.5 }}>
          {reasonText(t, f, reason)}
        </Typography>
      )}
      <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.5 }}>
        {facts.join(' · ')}
      </Typography>
      {row.live && row.live.inFlight.length > 0 && (
        <Box sx={{ mt: 1 }}>
          <InFlight files={row.live.inFlight} />
        </Box>
      )}
    </Box>
  );
}

/** The tasks at work, with the files that are being sent. */
export function InProgress() {
  const { t } = useText();
  const rows = useTasks((state) => state.rows) ?? [];
  const working = rows.filter((row) => isActive(row.state) || row.state === 'waiting');
  return (
    <Section title={t.overview.inProgress}>
      {working.length === 0 ? (
        <Typography variant="body2" color="textSecondary">
          {t.overview.noProgress}
        </Typography>
      ) : (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {working.slice(0, 8).map((row) => (
            <TaskAtWork key={row.task.id} row={row} />
          ))}
        </Box>
      )}
    </Section>
  );
}
