import Tooltip from '@mui/material/Tooltip';
import { useText } from '../text/use-text.ts';

interface MomentProps {
  readonly at: number;
  readonly shape?: 'clock' | 'full';
}

/** A time as here; the same in UTC is in the tooltip. */
export function Moment({ at, shape = 'full' }: MomentProps) {
  const { f } = useText();
  return (
    <Tooltip title={f.utc(at)}>
      <time dateTime={new Date(at).toISOString()}>
        {shape === 'clock' ? f.clockSeconds(at) : f.dateTime(at)}
      </time>
    </Tooltip>
  );
}
