import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { StateIcon } from '../parts/state-mark.tsx';
import { useNow } from '../parts/use-now.ts';
import { useStale } from '../state/connection.ts';
import { useFleet } from '../state/fleet.ts';
import { isActive, issueGroups, overallState } from '../text/overall.ts';
import { endText, factorText, isWait } from '../text/sentences.ts';
import { useText } from '../text/use-text.ts';
import { tasksHash } from './route.ts';

interface PartProps {
  readonly href: string;
  readonly means: string;
  readonly children: ReactNode;
}

/** A part of the bar: always a way to the view that says more. */
function Part({ href, means, children }: PartProps) {
  return (
    <Tooltip title={means}>
      <ButtonBase
        href={href}
        sx={{
          px: 1,
          minHeight: 28,
          gap: 0.75,
          borderRadius: 1,
          font: 'inherit',
          color: 'inherit',
          whiteSpace: 'nowrap',
          '&:hover': { bgcolor: 'action.hover', color: 'text.primary' },
        }}
      >
        {children}
      </ButtonBase>
    </Tooltip>
  );
}

/** Always there: what goes on, how fast, until when, what limits, what it costs, what is wrong. */
export function StatusBar() {
  const { t, f } = useText();
  const overview = useFleet((state) => state.overview);
  const stale = useStale();
  const state = overview ? overallState(overview.tasks) : 'empty';
  const active = isActive(state);
  const now = useNow(active);
  const issues = overview ? issueGroups(overview.attention).length : 0;
  const until = overview?.throttledUntil ?? null;
  const throttled = isWait(until, now);
  return (
    <Box
      component="footer"
      aria-label={t.shell.statusBar}
      sx={{
        gridArea: 'status',
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 0.5,
        px: 1,
        py: 0.25,
        minHeight: 36,
        typography: 'caption',
        color: 'text.secondary',
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        opacity: stale ? 0.85 : 1,
      }}
    >
      <Part href={tasksHash(active ? 'running' : 'all')} means={t.shell.tasks}>
        {state !== 'empty' && <StateIcon state={state} size={16} />}
        <Box component="span" sx={{ fontWeight: 600, color: 'text.primary' }}>
          {state === 'empty' ? t.status.idle : t.state[state]}
        </Box>
        {overview?.progress != null && (
          <>
            <Box component="span" sx={{ width: 72, display: { xs: 'none', sm: 'block' } }}>
              <ProgressBar label={t.tasks.progress} value={overview.progress} height={5} />
            </Box>
            <span>{f.percent(overview.progress)}</span>
            {overview.progressFell && <span>{`(${t.progressFell[overview.progressFell]})`}</span>}
          </>
        )}
      </Part>
      {overview && active && (
        <>
          <Part href="#/overview" means={t.overview.speed}>
            {`${t.units.filesPerSecond(overview.sample.filesPerSecond)} · ${f.byteRate(overview.sample.bytesPerSecond)}`}
          </Part>
          <Part href="#/overview" means={t.overview.timeLeft}>
            {overview.eta
              ? t.status.about(endText(t, f, overview.eta, now))
              : overview.scanning
                ? t.status.scanning
                : t.status.noEta}
          </Part>
          <Part href="#/overview" means={t.factorMeans[throttled ? 'throttling' : overview.sample.limitedBy]}>
            {throttled
              ? t.sentence.throttled(f.duration(until - now))
              : t.status.limitedBy(factorText(t, f, overview.sample.limitedBy, overview.budget))}
          </Part>
        </>
      )}
      {overview && overview.requests > 0 && (
        <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
          <Part href="#/activity" means={t.status.requestsMean}>
            {t.status.requests(t.units.requests(overview.requests), f.int(overview.resourceUnits))}
          </Part>
        </Box>
      )}
      <Box sx={{ marginInlineStart: 'auto' }}>
        <Part href={tasksHash('attention')} means={t.overview.attention}>
          {issues === 0 ? t.status.noIssues : t.units.issues(issues)}
        </Part>
      </Box>
    </Box>
  );
}
