import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { ItemRow } from '../../../../src-shared/contract/console-types.ts';
import { useText } from '../../../text/use-text.ts';
import { columnsOf, ItemCells, type RowShape } from './item-row.tsx';

const ROW = 40;
const NARROW_ROW = 58;
/** Rows that Page Up and Page Down move. */
const LEAP = 12;

interface ItemListProps {
  readonly ref: Ref<HTMLDivElement>;
  /** Rows that are known of; `at` may answer undefined for one that has to be read again. */
  readonly count: number;
  readonly more: boolean;
  readonly total: number | null;
  readonly at: (index: number) => ItemRow | undefined;
  /** Told which rows are in sight. */
  readonly see: (from: number, to: number) => void;
  /** The item whose details are open. */
  readonly open: number | null;
  /** Give another `key` when it becomes narrow or no longer is: rows are measured once. */
  readonly shape: RowShape;
  readonly onOpen: (item: ItemRow) => void;
  readonly onClose: () => void;
}

/** Where a key leads from row `active`; undefined for keys that do not move. */
function moved(key: string, active: number, count: number): number | undefined {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + LEAP,
    PageUp: active - LEAP,
    Home: 0,
    End: count - 1,
  };
  const next = to[key];
  return next === undefined ? undefined : Math.min(count - 1, Math.max(0, next));
}

/** A list of any length with one tab stop: only the rows in sight exist, the active one is named to assistive tools. */
export function ItemList({ ref, count, more, total, at, see, open, shape, onOpen, onClose }: ItemListProps) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => box.current ?? document.createElement('div'));
  const [active, setActive] = useState(0);
  const narrow = shape === 'narrow';
  const size = narrow ? NARROW_ROW : ROW;
  const virtual = useVirtualizer({
    count: count + (more ? 1 : 0),
    getScrollElement: () => box.current,
    estimateSize: () => size,
    overscan: 10,
    scrollPaddingStart: narrow ? 0 : ROW,
    useFlushSync: false,
  });
  const rows = virtual.getVirtualItems();
  const from = rows[0]?.index ?? 0;
  const to = rows.at(-1)?.index ?? 0;
  useEffect(() => see(from, to), [see, from, to]);

  const onKeyDown = (event: KeyboardEvent) => {
    const item = at(active);
    if (event.key === 'Escape' && open !== null) return onClose();
    if (event.key === 'Enter' && item) return onOpen(item);
    if (event.key === 'c' && (event.ctrlKey || event.metaKey) && item) {
      if (window.getSelection()?.isCollapsed ?? true) void navigator.clipboard.writeText(item.path);
      return;
    }
    const next = moved(event.key, active, count);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    virtual.scrollToIndex(next);
    const there = at(next);
    if (open !== null && there) onOpen(there);
  };

  return (
    <Card
      ref={box}
      role="grid"
      tabIndex={0}
      aria-label={t.items.grid}
      aria-describedby="items-hint"
      aria-rowcount={total ?? -1}
      aria-activedescendant={rows.some((row) => row.index === active) ? `item-row-${active}` : undefined}
      onKeyDown={onKeyDown}
      sx={{
        height: 'max(340px, calc(100dvh - 452px))',
        overflow: 'auto',
        typography: 'body2',
        fontSize: '0.8125rem',
        contain: 'strict',
      }}
    >
      {!narrow && (
        <Box
          role="row"
          aria-rowindex={1}
          sx={{
            display: 'grid',
            gridTemplateColumns: columnsOf[shape],
            gap: 2,
            alignItems: 'center',
            px: 2,
            height: ROW,
            position: 'sticky',
            top: 0,
            zIndex: 1,
            bgcolor: 'background.paper',
            borderBottom: 1,
            borderColor: 'divider',
            color: 'text.secondary',
            fontWeight: 600,
          }}
        >
          <Box role="columnheader">{t.items.path}</Box>
          <Box role="columnheader" sx={{ textAlign: 'end' }}>
            {t.items.size}
          </Box>
          {shape === 'wide' && <Box role="columnheader">{t.items.modified}</Box>}
          <Box role="columnheader">{t.items.outcome}</Box>
          <Box role="columnheader">{t.items.grade}</Box>
          {shape === 'wide' && <Box role="columnheader">{t.items.findings}</Box>}
        </Box>
      )}
      <Box role="rowgroup" sx={{ position: 'relative' }} style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => {
          const item = at(row.index);
          return (
            <Box
              key={row.key}
              id={`item-row-${row.index}`}
              role="row"
              aria-rowindex={row.index + 2}
              aria-selected={item !== undefined && item.item === open}
              data-active={row.index === active}
              onClick={() => {
                setActive(row.index);
                if (item) onOpen(item);
              }}
              sx={{
                position: 'absolute',
                insetInline: 0,
                top: 0,
                display: narrow ? 'flex' : 'grid',
                gridTemplateColumns: columnsOf[shape],
                gap: 2,
                alignItems: 'center',
                px: 2,
                cursor: 'pointer',
                borderBottom: 1,
                borderColor: 'divider',
                '&:hover': { bgcolor: 'action.hover' },
                '&[aria-selected="true"]': { bgcolor: 'action.selected' },
                '[role="grid"]:focus-visible &[data-active="true"]': {
                  outline: '2px solid var(--convoy-palette-primary-main)',
                  outlineOffset: -2,
                },
              }}
              style={{ height: size, transform: `translateY(${row.start}px)` }}
            >
              {item ? (
                <ItemCells item={item} shape={shape} />
              ) : (
                <Box role="gridcell" sx={{ gridColumn: '1 / -1', width: '100%' }}>
                  <Skeleton width={`${40 + ((row.index * 17) % 40)}%`} />
                </Box>
              )}
            </Box>
          );
        })}
      </Box>
    </Card>
  );
}
