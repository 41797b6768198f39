import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { DataGrid, type GridColDef, type GridRenderCellParams } from '@mui/x-data-grid';
import { useMemo } from 'react';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { itemsHash, taskHash } from '../../app/route.ts';
import { go } from '../../app/use-route.ts';
import { OrderButtons } from '../../parts/order-buttons.tsx';
import { PathText } from '../../parts/path-text.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { stateTone } from '../../parts/state-tone.ts';
import type { Orders } from '../../parts/use-orders.tsx';
import { reasonText } from '../../text/code-texts.ts';
import { endText } from '../../text/sentences.ts';
import { useText } from '../../text/use-text.ts';

type Cell = GridRenderCellParams<TaskRow>;

/** Cut after the second line, the whole in the tooltip. */
const twoLines = {
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 2,
  overflow: 'hidden',
  whiteSpace: 'normal',
  lineHeight: 1.35,
} as const;

function NameCell({ row, tabIndex }: Cell) {
  return (
    <Box sx={{ minWidth: 0, lineHeight: 1.4 }}>
      <Link
        href={taskHash(row.task.id)}
        tabIndex={tabIndex}
        title={row.task.name}
        noWrap
        sx={{ display: 'block', fontWeight: 600 }}
      >
        {row.task.name}
      </Link>
      <Typography variant="caption" component="div" color="textSecondary">
        <PathText path={row.task.source} />
      </Typography>
    </Box>
  );
}

function StateCell({ row }: Cell) {
  const { t, f } = useText();
  const reason = row.reason ? reasonText(t, f, row.reason) : undefined;
  const dryRun = row.task.settings.dryRun ? t.tasks.rehearsal : undefined;
  const remark = reason ?? (row.run ? dryRun : t.tasks.never);
  return (
    <Box sx={{ minWidth: 0, lineHeight: 1.4 }}>
      <StateMark state={row.state} />
      {remark && (
        <Typography variant="caption" component="div" color="textSecondary" title={remark} sx={twoLines}>
          {remark}
        </Typography>
      )}
    </Box>
  );
}

function ProgressCell({ row }: Cell) {
  const { t, f } = useText();
  return (
    <Box sx={{ width: '100%', display: 'flex', alignItems: 'center', gap: 1 }}>
      <ProgressBar
        label={`${t.tasks.progress}: ${row.task.name}`}
        value={row.progress}
        tone={stateTone[row.state]}
      />
      <Box component="span" sx={{ minWidth: 44, textAlign: 'end' }}>
        {row.progress === null ? '–' : f.percent(row.progress)}
      </Box>
      {row.progressFell && (
        <Typography variant="caption" color="textSecondary" title={t.progressFell[row.progressFell]} noWrap>
          {t.progressFell[row.progressFell]}
        </Typography>
      )}
    </Box>
  );
}

function TwoLines({ first, second }: { readonly first: string; readonly second: string | null }) {
  return (
    <Box sx={{ lineHeight: 1.4, textAlign: 'end', whiteSpace: 'nowrap' }}>
      {first}
      {second !== null && (
        <Typography variant="caption" component="div" color="textSecondary">
          {second}
        </Typography>
      )}
    </Box>
  );
}

function AmountCell({ row }: Cell) {
  const { f } = useText();
  const { files, folders, bytes } = row.counts.found;
  if (files + folders === 0) return '–';
  return <TwoLines first={f.int(files)} second={f.bytes(bytes)} />;
}

function PaceCell({ row }: Cell) {
  const { t, f } = useText();
  if (!row.sample) return '–';
  const by = row.eta && t.tasks.ends(endText(t, f, row.eta, Date.now()));
  return <TwoLines first={f.byteRate(row.sample.bytesPerSecond)} second={by} />;
}

function IssuesCell({ row, tabIndex }: Cell) {
  const { t } = useText();
  const { errors, warnings } = row.issues;
  if (errors === 0 && warnings === 0) return '–';
  return (
    <Box sx={{ lineHeight: 1.4 }}>
      {errors > 0 && (
        <Link
          href={itemsHash(row.task.id, { outcome: 'failed' })}
          tabIndex={tabIndex}
          color="error"
          sx={{ display: 'block' }}
        >
          {t.units.errors(errors)}
        </Link>
      )}
      {warnings > 0 && (
        <Link
          href={taskHash(row.task.id, 'issues')}
          tabIndex={tabIndex}
          color="warning"
          sx={{ display: 'block' }}
        >
          {t.units.warnings(warnings)}
        </Link>
      )}
    </Box>
  );
}

interface TaskGridProps {
  readonly rows: readonly TaskRow[];
  readonly orders: Orders;
  readonly nonce: string | undefined;
}

/** The task list as a grid: arrow keys move, Enter opens, one tab stop. */
export function TaskGrid({ rows, orders, nonce }: TaskGridProps) {
  const { t } = useText();
  const columns = useMemo<readonly GridColDef<TaskRow>[]>(
    () => [
      {
        field: 'name',
        headerName: t.tasks.name,
        flex: 2,
        minWidth: 176,
        valueGetter: (_value, row) => row.task.name,
        renderCell: NameCell,
      },
      {
        field: 'state',
        headerName: t.tasks.state,
        flex: 2,
        minWidth: 200,
        valueFormatter: (value: TaskRow['state']) => t.state[value],
        renderCell: StateCell,
      },
      { field: 'progress', headerName: t.tasks.progress, flex: 1, minWidth: 116, renderCell: ProgressCell },
      {
        field: 'amount',
        headerName: t.tasks.amount,
        type: 'number',
        flex: 0.9,
        minWidth: 126,
        valueGetter: (_value, row) => row.counts.found.bytes,
        renderCell: AmountCell,
      },
      {
        field: 'issues',
        headerName: t.tasks.issues,
        flex: 0.8,
        minWidth: 122,
        valueGetter: (_value, row) => row.issues.errors * 1e9 + row.issues.warnings,
        renderCell: IssuesCell,
      },
      {
        field: 'speed',
        headerName: t.tasks.speed,
        type: 'number',
        flex: 1.1,
        minWidth: 158,
        valueGetter: (_value, row) => row.sample?.bytesPerSecond ?? null,
        renderCell: PaceCell,
      },
      {
        field: 'actions',
        headerName: t.tasks.actions,
        sortable: false,
        width: 122,
        renderCell: ({ row, tabIndex }) => (
          <OrderButtons
            row={row}
            compact
            tabIndex={tabIndex}
            busy={orders.busy === row.task.id}
            onOrder={(order) => orders.give(row, order)}
          />
        ),
      },
    ],
    [t, orders],
  );
  return (
    <DataGrid
      rows={rows}
      columns={columns}
      getRowId={(row) => row.task.id}
      aria-label={t.tasks.grid}
      rowHeight={72}
      columnHeaderHeight={44}
      disableColumnMenu
      disableRowSelectionOnClick
      hideFooter={rows.length <= 100}
      pageSizeOptions={[100]}
      onCellKeyDown={({ row }: { row: TaskRow }, event) => {
        const inside = event.target instanceof HTMLElement && event.target.closest('a, button');
        if (event.key === 'Enter' && !inside)
          go({ page: 'task', task: row.task.id, tab: 'overview', filter: {} });
      }}
      sx={{
        bgcolor: 'background.paper',
        borderRadius: 1.5,
        '& .MuiDataGrid-cell': { display: 'flex', alignItems: 'center' },
        '& .MuiDataGrid-columnHeaderTitle': { fontWeight: 600 },
      }}
      {...(nonce ? { nonce } : {})}
    />
  );
}
