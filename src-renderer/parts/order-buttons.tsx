import Archive from '@mui/icons-material/ArchiveOutlined';
import DoneAll from '@mui/icons-material/DoneAllOutlined';
import Pause from '@mui/icons-material/PauseOutlined';
import PlayArrow from '@mui/icons-material/PlayArrowOutlined';
import Stop from '@mui/icons-material/StopOutlined';
import Unarchive from '@mui/icons-material/UnarchiveOutlined';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { useClient } from '../state/connection.ts';
import { ordersFor, type TaskOrder } from '../state/orders.ts';
import { useText } from '../text/use-text.ts';

const icons = {
  start: PlayArrow,
  resume: PlayArrow,
  pause: Pause,
  finish: DoneAll,
  stop: Stop,
  archive: Archive,
  restore: Unarchive,
} as const satisfies Record<TaskOrder, unknown>;

interface OrderButtonsProps {
  readonly row: TaskRow;
  readonly busy: boolean;
  readonly onOrder: (order: TaskOrder) => void;
  /** Icons alone, for a row of a list. */
  readonly compact?: boolean;
  /** For grids that give the focus to one cell at a time. */
  readonly tabIndex?: number;
}

/** The orders that make sense now, the most likely one first and filled. */
export function OrderButtons({ row, busy, onOrder, compact = false, tabIndex = 0 }: OrderButtonsProps) {
  const { t } = useText();
  const disabled = useClient() === null || busy;
  return ordersFor(row).map((order, index) => {
    const Icon = icons[order];
    const label = order === 'start' && row.run ? t.order.again : t.order[order];
    if (compact) {
      return (
        <Tooltip key={order} title={label} describeChild={false}>
          <span>
            <IconButton
              size="small"
              disabled={disabled}
              tabIndex={tabIndex}
              aria-label={`${label}: ${row.task.name}`}
              onClick={(event) => {
                event.stopPropagation();
                onOrder(order);
              }}
            >
              <Icon fontSize="small" />
            </IconButton>
          </span>
        </Tooltip>
      );
    }
    return (
      <Button
        key={order}
        variant={index === 0 ? 'contained' : 'outlined'}
        color={order === 'stop' ? 'error' : 'primary'}
        startIcon={<Icon />}
        disabled={disabled}
        onClick={() => onOrder(order)}
      >
        {label}
      </Button>
    );
  });
}
