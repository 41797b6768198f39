import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { DataGrid, type GridColDef, type GridRenderCellParams } from '@mui/x-data-grid';
import { useMemo } from 'react';
import { machinesHash } from '../../app/route.ts';
import { go } from '../../app/use-route.ts';
import { NameText } from '../../parts/path-text.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { useNow } from '../../parts/use-now.ts';
import { lookOf, type ShownMachine } from '../../state/machine-look.ts';
import { useText } from '../../text/use-text.ts';
import { MachineMark } from './machine-mark.tsx';
import { agoText, limitWords, remarkOf } from './machine-words.ts';

/** The columns stay the same while speeds come: those go with the rows. */
type Row = ShownMachine & { readonly speeds: readonly number[] };
type Cell = GridRenderCellParams<Row>;

const quietLine = { variant: 'caption', component: 'div', color: 'textSecondary', noWrap: true } as const;

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
  const { t } = useText();
  const labels = row.row?.rules.labels ?? [];
  const notes = [...(row.isThis ? [t.machines.thisOne] : []), ...labels];
  return (
    <Box sx={{ minWidth: 0, lineHeight: 1.4 }}>
      <Link href={machinesHash(row.id)} tabIndex={tabIndex} noWrap sx={{ display: 'block', fontWeight: 600 }}>
        <NameText name={row.name} />
      </Link>
      {notes.length > 0 && <Typography {...quietLine}>{notes.join(' · ')}</Typography>}
    </Box>
  );
}

function StateCell({ row }: Cell) {
  const { t, f } = useText();
  const remark = remarkOf(t, f, row);
  return (
    <Box sx={{ minWidth: 0, lineHeight: 1.4 }}>
      <MachineMark look={lookOf(row)} />
      {remark && (
        <Typography {...quietLine} title={remark}>
          {remark}
        </Typography>
      )}
    </Box>
  );
}

function WorkCell({ row }: Cell) {
  const { t } = useText();
  const [first, ...rest] = row.row?.units ?? [];
  if (first === undefined) return '–';
  const where = first.path === '' ? t.machines.panel.whole : first.path;
  return (
    <Box sx={{ minWidth: 0, lineHeight: 1.4 }}>
      <Typography variant="body2" noWrap title={first.name}>
        <NameText name={first.name} />
      </Typography>
      <Typography {...quietLine} title={where}>
        <NameText name={where} />
        {rest.length > 0 && ` · ${t.machines.more(rest.length)}`}
      </Typography>
    </Box>
  );
}

function SeenCell({ row }: Cell) {
  const { t, f } = useText();
  const now = useNow(true);
  const at = row.row?.lastSeen ?? row.member?.lastSeen ?? null;
  return <span title={at ? f.dateTime(at) : undefined}>{agoText(t, f, at, now)}</span>;
}

interface MachineGridProps {
  readonly machines: readonly ShownMachine[];
  readonly speeds: ReadonlyMap<string, readonly number[]>;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly nonce: string | undefined;
}

/** The machines as a grid: arrow keys move, Space chooses, Enter opens, one tab stop. */
export function MachineGrid({ machines, speeds, chosen, onChoose, nonce }: MachineGridProps) {
  const { t, f } = useText();
  const columns = useMemo<readonly GridColDef<Row>[]>(() => {
    const words = t.machines.columns;
    const plain = { sortable: false } as const;
    return [
      { field: 'name', headerName: words.name, flex: 1.2, minWidth: 132, renderCell: NameCell },
      {
        field: 'state',
        headerName: words.state,
        flex: 1.4,
        minWidth: 172,
        valueGetter: (_value, row) => t.machines.look[lookOf(row)],
        renderCell: StateCell,
      },
      { ...plain, field: 'work', headerName: words.work, flex: 1.6, minWidth: 150, renderCell: WorkCell },
      {
        field: 'speed',
        headerName: words.speed,
        type: 'number',
        width: 170,
        valueGetter: (_value, row) => row.row?.sample.bytesPerSecond ?? null,
        renderCell: ({ row }: Cell) => {
          const sample = row.row?.sample;
          if (!sample || row.row?.state !== 'working') return '–';
          return (
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
              <Sparkline values={row.speeds} width={56} />
              <Box sx={{ lineHeight: 1.4, textAlign: 'end', minWidth: 84 }}>
                {f.byteRate(sample.bytesPerSecond)}
                <Typography {...quietLine}>{t.units.filesPerSecond(sample.filesPerSecond)}</Typography>
              </Box>
            </Box>
          );
        },
      },
      {
        ...plain,
        field: 'slots',
        headerName: words.slots,
        width: 80,
        renderCell: ({ row: { row } }: Cell) =>
          row === undefined || row.state === 'offline'
            ? '–'
            : t.machines.slots(row.units.length, row.units.length + row.freeSlots),
      },
      {
        ...plain,
        field: 'limits',
        headerName: words.limits,
        flex: 1.2,
        minWidth: 132,
        renderCell: ({ row: { row } }: Cell) => {
          const said = row ? limitWords(t, f, row.rules, row.bandwidth).join(', ') : '';
          if (said === '') return '–';
          return (
            <Typography variant="caption" title={said} sx={twoLines}>
              {said}
            </Typography>
          );
        },
      },
      {
        field: 'seen',
        headerName: words.seen,
        width: 108,
        valueGetter: (_value, row) => row.row?.lastSeen ?? 0,
        renderCell: SeenCell,
      },
    ];
  }, [t, f]);
  const rows: readonly Row[] = machines.map((machine) => ({
    ...machine,
    speeds: speeds.get(machine.id) ?? [],
  }));
  return (
    <DataGrid
      rows={rows}
      columns={columns}
      aria-label={t.machines.grid}
      rowHeight={60}
      columnHeaderHeight={44}
      checkboxSelection
      disableColumnMenu
      disableRowSelectionOnClick
      disableRowSelectionExcludeModel
      hideFooter={machines.length <= 100}
      hideFooterSelectedRowCount
      pageSizeOptions={[100]}
      rowSelectionModel={{ type: 'include', ids: new Set(chosen) }}
      onRowSelectionModelChange={({ ids }) => onChoose(new Set([...ids].map(String)))}
      onCellKeyDown={({ row }: { row: ShownMachine }, event) => {
        const inside = event.target instanceof HTMLElement && event.target.closest('a, button, input');
        if (event.key === 'Enter' && !inside) go({ page: 'machines', machine: row.id });
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
