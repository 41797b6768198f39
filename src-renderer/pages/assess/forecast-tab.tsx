import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { AssessmentView } from '../../../src-shared/contract/assessments.ts';
import {
  type Assumptions,
  defaultAssumptions,
  forecast,
  forecasts,
  type Measured,
} from '../../../src-shared/survey/forecast.ts';
import { Section } from '../../parts/section.tsx';
import type { Messages } from '../../text/en.ts';
import type { Format } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { ForecastKnobs, type Knobs } from './forecast-knobs.tsx';

type Ready = Extract<AssessmentView, { state: 'ready' }>;

/** Shorter by at least so much: more machines are worth a word. */
const WORTH = 0.98;

function spanOf(t: Messages, f: Format, seconds: number): string {
  return seconds < 60 ? t.assess.forecast.moment : t.assess.forecast.about(f.duration(seconds * 1_000));
}

/** How long a copy takes under what can be chosen, what holds it up, and what that rests upon. */
export function ForecastTab({ view }: { readonly view: Ready }) {
  const { t, f } = useText();
  const { toCopy } = view.figures;
  const words = t.assess.forecast;
  const [knobs, setKnobs] = useState<Knobs>({
    ...{ agents: 1, peak: false, licences: defaultAssumptions.licences },
    lineBytesPerSecond: defaultAssumptions.agentBytesPerSecond,
    sourceBytesPerSecond: defaultAssumptions.sourceBytesPerSecond,
    measured: view.measured !== null,
  });
  if (toCopy.files + toCopy.folders === 0) {
    return (
      <Section title={words.title}>
        <Typography>{words.nothing}</Typography>
      </Section>
    );
  }
  const assumed: Assumptions = {
    ...defaultAssumptions,
    licences: knobs.licences,
    agentBytesPerSecond: knobs.lineBytesPerSecond,
    sourceBytesPerSecond: knobs.sourceBytesPerSecond,
  };
  const measured: Measured = knobs.measured ? (view.measured ?? {}) : {};
  const now = forecast(toCopy, knobs.agents, knobs.peak, assumed, measured);
  const twice = forecast(toCopy, knobs.agents * 2, knobs.peak, assumed, measured);
  const table = forecasts(toCopy, assumed, measured);
  return (
    <Stack spacing={2}>
      <Section title={words.title}>
        <Box
          sx={{
            display: 'grid',
            gap: 3,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' },
          }}
        >
          <Box role="status">
            <Typography variant="body2" color="textSecondary">
              {words.load(t.units.files(toCopy.files), f.bytes(toCopy.bytes))}
            </Typography>
            <Typography sx={{ fontSize: '1.75rem', fontWeight: 600, lineHeight: 1.3, mt: 1 }}>
              {spanOf(t, f, now.seconds)}
            </Typography>
            <Typography sx={{ mt: 0.5 }}>{words.limit(words.limits[now.limit])}</Typography>
            <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
              {twice.seconds < now.seconds * WORTH ? words.moreMachines : words.noMoreMachines}
            </Typography>
          </Box>
          <ForecastKnobs knobs={knobs} measured={view.measured} onChange={setKnobs} />
        </Box>
      </Section>
      <Section title={words.table}>
        <Box tabIndex={0} role="group" aria-label={words.table} sx={{ overflowX: 'auto' }}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{words.machines}</TableCell>
                <TableCell>{words.off}</TableCell>
                <TableCell>{words.peak}</TableCell>
                <TableCell>{words.limitedBy}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {table
                .filter(({ peak }) => !peak)
                .map((off) => {
                  const day = table.find(({ agents, peak }) => peak && agents === off.agents) ?? off;
                  return (
                    <TableRow key={off.agents} selected={off.agents === knobs.agents}>
                      <TableCell>{words.count(off.agents)}</TableCell>
                      <TableCell>{spanOf(t, f, off.seconds)}</TableCell>
                      <TableCell>{spanOf(t, f, day.seconds)}</TableCell>
                      <TableCell>{words.limits[(knobs.peak ? day : off).limit]}</TableCell>
                    </TableRow>
                  );
                })}
            </TableBody>
          </Table>
        </Box>
      </Section>
      <Section title={words.assumed}>
        <Stack spacing={1}>
          <Typography variant="body2">
            {words.assumes(
              f.int(assumed.agentFilesPerSecond),
              f.percent(assumed.peakShare),
              f.int(assumed.unitsPerFragment),
            )}
          </Typography>
          <Typography variant="body2">
            {view.measured ? measuredWords(t, f, view.measured) : words.notMeasured}
          </Typography>
        </Stack>
      </Section>
    </Stack>
  );
}

/** By what it is corrected, and where that comes from. */
function measuredWords(t: Messages, f: Format, measured: NonNullable<Ready['measured']>): string {
  const words = t.assess.forecast;
  const { agentFilesPerSecond: files, agentBytesPerSecond: bytes, unitsPerFile: units } = measured;
  const rates = [
    ...(files === undefined ? [] : [words.filesRate(f.fileRate(files))]),
    ...(bytes === undefined ? [] : [f.byteRate(bytes)]),
    ...(units === undefined ? [] : [words.unitsRate(f.number(units))]),
  ];
  const from = words.measured(
    t.units.files(measured.files),
    f.bytes(measured.bytes),
    f.dateTime(measured.newest),
  );
  return `${from} ${words.measuredRates(f.list(rates))}`;
}
