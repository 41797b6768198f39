import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { ItemRow } from '../../../../src-shared/contract/console-types.ts';
import type { ItemQuery } from '../../../../src-shared/contract/item-query.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageSkeleton } from '../../../parts/page-skeleton.tsx';
import { FailureNote } from '../../../parts/problem-note.tsx';
import { knownRows, rowAt } from '../../../state/page-window.ts';
import { useItems } from '../../../state/use-items.ts';
import { useText } from '../../../text/use-text.ts';
import { ItemDetails } from './item-details.tsx';
import { ItemList } from './item-list.tsx';

interface ItemBrowserProps {
  readonly run: string;
  /** The same object as long as it asks for the same. */
  readonly filter: ItemQuery;
  /** Whether the run goes on: then what is in sight is read again. */
  readonly live: boolean;
  /** Said where there is no item, with what can be done then. */
  readonly none: string;
  readonly children?: ReactNode;
}

/** The items of a run that match, by pages, and beside them the one that is opened. */
export function ItemBrowser({ run, filter, live, none, children }: ItemBrowserProps) {
  const { t, f } = useText();
  const { window, failure, see, again } = useItems(run, filter, live);
  // Another filter shows other items, so what was opened under the one before is closed.
  const [opened, setOpened] = useState<{ readonly item: ItemRow; readonly under: ItemQuery } | null>(null);
  const open = opened?.under === filter ? opened.item : null;
  const wide = useMediaQuery('(min-width: 1100px)');
  const narrow = useMediaQuery('(max-width: 899.9px)');
  const list = useRef<HTMLDivElement>(null);
  const known = knownRows(window);
  const close = useCallback(() => {
    setOpened(null);
    list.current?.focus();
  }, []);

  const count =
    window.total !== null ? t.items.total(f.int(window.total)) : known > 0 ? t.items.shown(f.int(known)) : '';
  const details = open && <ItemDetails item={open} onClose={close} />;
  return (
    <Stack spacing={1.5}>
      {failure && <FailureNote failure={failure} again={again} />}
      {window.next === undefined && !failure && <PageSkeleton label={t.items.loading} />}
      {window.next === null && known === 0 && <EmptyState title={none}>{children}</EmptyState>}
      {known > 0 && (
        <>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', columnGap: 2 }}>
            <Typography variant="body2" role="status">
              {count}
            </Typography>
            <Typography variant="caption" color="textSecondary" id="items-hint">
              {t.items.hint}
            </Typography>
          </Box>
          <Box
            sx={{
              display: 'grid',
              gap: 2,
              alignItems: 'start',
              gridTemplateColumns: open && wide ? 'minmax(0, 1fr) 360px' : 'minmax(0, 1fr)',
            }}
          >
            <ItemList
              key={narrow ? 'narrow' : 'wide'}
              ref={list}
              shape={narrow ? 'narrow' : open || !wide ? 'medium' : 'wide'}
              count={known}
              more={window.next !== null}
              total={window.total}
              at={(index) => rowAt(window, index)}
              see={see}
              open={open?.item ?? null}
              onOpen={(item) => setOpened({ item, under: filter })}
              onClose={close}
            />
            {wide && details}
          </Box>
          {!wide && (
            <Drawer anchor="bottom" open={open !== null} onClose={close}>
              <Box sx={{ maxHeight: '80dvh', overflow: 'auto' }}>{details}</Box>
            </Drawer>
          )}
        </>
      )}
    </Stack>
  );
}
