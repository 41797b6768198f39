import Tooltip from '@mui/material/Tooltip';
import { useText } from '../text/use-text.ts';

interface MomentProps {
  readonly at: number;
  /** Where room is short, the tooltip has the seconds. */
  readonly shape?: 'clock' | 'short' | 'full';
}

/** A time as here; the same in UTC is in the tooltip. */
export function Moment({ at, shape = 'full' }: MomentProps) {
  const { f } = useText();
  const shapes = { clock: f.clockSeconds, short: f.shortDateTime, full: f.dateTime };
  return (
    <Tooltip title={f.utc(at)}>
      <time dateTime={new Date(at).toISOString()}>{shapes[shape](at)}</time>
    </Tooltip>
  );
}
