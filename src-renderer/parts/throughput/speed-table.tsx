import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { Sample } from '../../../src-shared/contract/console-types.ts';
import { tableOf } from '../../state/series.ts';
import { useText } from '../../text/use-text.ts';

/** The same figures as the charts, as means over half minutes, for people who read tables. */
export function SpeedTable({ samples }: { readonly samples: readonly Sample[] }) {
  const { t, f } = useText();
  return (
    <Box
      tabIndex={0}
      role="group"
      aria-label={t.overview.throughput}
      sx={{ maxHeight: 300, overflow: 'auto' }}
    >
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell>{t.overview.time}</TableCell>
            <TableCell align="right">{t.overview.megabytesPerSecond}</TableCell>
            <TableCell align="right">{t.overview.filesPerSecond}</TableCell>
            <TableCell>{t.overview.limitedBy}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {tableOf(samples).map((row) => (
            <TableRow key={row.at}>
              <TableCell>{f.clockSeconds(row.at)}</TableCell>
              <TableCell align="right">{f.megabytes(row.bytesPerSecond)}</TableCell>
              <TableCell align="right">{f.fileRate(row.filesPerSecond)}</TableCell>
              <TableCell>{t.factor[row.limitedBy]}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
