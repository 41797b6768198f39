import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { draftFields } from '../../../src-shared/imports/draft.ts';
import type { ImportSummary } from '../../imports/import-desk.ts';
import { useImport, withDesk } from '../../state/import-store.ts';
import { useImportRows } from '../../state/use-import-rows.ts';
import { useText } from '../../text/use-text.ts';
import { IMPORT_COLUMNS, ImportCells } from './import-cells.tsx';

const ROW = 44;
const HEAD = 40;
const LEAP = 10;

/** Where a key leads from a cell; undefined for keys that do not move. */
function moved(key: string, row: number, column: number): readonly [number, number] | undefined {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    PageDown: [LEAP, 0],
    PageUp: [-LEAP, 0],
  };
  const step = steps[key];
  return step && [row + step[0], column + step[1]];
}

/** All rows of the list, of which only those in sight exist; cells are changed in place. One tab stop. */
export function ImportGrid({ summary }: { readonly summary: ImportSummary }) {
  const { t } = useText();
  const words = t.imports;
  const filter = useImport((state) => state.filter);
  const { total, at, see } = useImportRows(summary.version, filter);
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ row: 0, column: 0 });
  const [editing, setEditing] = useState(false);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
    scrollPaddingStart: HEAD,
    useFlushSync: false,
  });
  const rows = virtual.getVirtualItems();
  const from = rows[0]?.index ?? 0;
  const to = rows.at(-1)?.index ?? 0;
  useEffect(() => see(from, to), [see, from, to]);

  const done = (value: string | null) => {
    setEditing(false);
    box.current?.focus();
    const row = at(active.row);
    const field = draftFields[active.column];
    if (value === null || !row || !field || row.cells[field] === value) return;
    void withDesk((desk) => desk.edit(row.line, field, value));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      return void withDesk((desk) => (event.shiftKey ? desk.redo() : desk.undo()));
    }
    if (command && event.key.toLowerCase() === 'y') {
      event.preventDefault();
      return void withDesk((desk) => desk.redo());
    }
    if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      return setEditing(true);
    }
    const next = moved(event.key, active.row, active.column);
    if (next === undefined) return;
    event.preventDefault();
    const row = Math.min(total - 1, Math.max(0, next[0]));
    setActive({ row, column: Math.min(draftFields.length - 1, Math.max(0, next[1])) });
    virtual.scrollToIndex(row);
  };

  return (
    <Box sx={{ minWidth: 0 }}>
      <Card
        ref={box}
        role="grid"
        tabIndex={0}
        aria-label={words.grid}
        aria-rowcount={total + 1}
        aria-describedby="import-hint"
        aria-activedescendant={
          rows.some(({ index }) => index === active.row) ? `import-${active.row}-${active.column}` : undefined
        }
        onKeyDown={onKeyDown}
        sx={{
          height: 'max(320px, calc(100dvh - 480px))',
          overflow: 'auto',
          typography: 'body2',
          fontSize: '0.8125rem',
          contain: 'strict',
        }}
      >
        <Box sx={{ minWidth: 860 }}>
          <Box
            role="row"
            aria-rowindex={1}
            sx={{
              ...{
                display: 'grid',
                gridTemplateColumns: IMPORT_COLUMNS,
                gap: 1.5,
                alignItems: 'center',
                px: 1.5,
                height: HEAD,
              },
              ...{
                position: 'sticky',
                top: 0,
                zIndex: 1,
                bgcolor: 'background.paper',
                borderBottom: 1,
                borderColor: 'divider',
              },
              ...{ color: 'text.secondary', fontWeight: 600 },
            }}
          >
            <Box role="columnheader">{words.line}</Box>
            <Box role="columnheader">{words.state}</Box>
            {draftFields.map((field) => (
              <Box key={field} role="columnheader">
                {words.meanings[field]}
              </Box>
            ))}
          </Box>
          <Box role="rowgroup" sx={{ position: 'relative' }} style={{ height: virtual.getTotalSize() }}>
            {rows.map(({ key, index, start }) => (
              <ImportCells
                key={key}
                index={index}
                row={at(index)}
                height={ROW}
                top={start}
                active={index === active.row ? active.column : null}
                editing={editing && index === active.row}
                onPick={(column) => {
                  setActive({ row: index, column });
                  setEditing(false);
                }}
                onEdit={() => setEditing(true)}
                onDone={done}
              />
            ))}
          </Box>
        </Box>
      </Card>
      <Typography id="import-hint" variant="caption" component="p" color="textSecondary" sx={{ mt: 0.5 }}>
        {total === 0 ? words.noRows : words.hint}
      </Typography>
    </Box>
  );
}
