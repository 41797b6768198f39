import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { ItemFilter, TaskRow } from '../../../../src-shared/contract/console-types.ts';
import { itemsHash } from '../../../app/route.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { isActive } from '../../../text/overall.ts';
import { useText } from '../../../text/use-text.ts';
import { ItemBrowser } from './item-browser.tsx';
import { ItemFilters } from './item-filters.tsx';

interface ItemsTabProps {
  readonly row: TaskRow;
  readonly filter: ItemFilter;
}

/** The items of the last run. */
export function ItemsTab({ row, filter }: ItemsTabProps) {
  const { t } = useText();
  if (!row.run) return <EmptyState title={t.task.never} />;
  const filtered = Object.keys(filter).length > 0;
  return (
    <Stack spacing={1.5}>
      <ItemFilters row={row} filter={filter} />
      <ItemBrowser
        run={row.run.id}
        filter={filter}
        live={isActive(row.state)}
        none={filtered ? t.items.none : t.items.noneYet}
      >
        {filtered && <Button href={itemsHash(row.task.id, {})}>{t.items.clear}</Button>}
      </ItemBrowser>
    </Stack>
  );
}
