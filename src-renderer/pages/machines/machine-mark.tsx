import Block from '@mui/icons-material/BlockOutlined';
import DownloadDone from '@mui/icons-material/DownloadDoneOutlined';
import EventBusy from '@mui/icons-material/EventBusyOutlined';
import HourglassEmpty from '@mui/icons-material/HourglassEmptyOutlined';
import PauseCircle from '@mui/icons-material/PauseCircleOutlined';
import PlayCircle from '@mui/icons-material/PlayCircleOutlined';
import PowerOff from '@mui/icons-material/PowerOffOutlined';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUncheckedOutlined';
import Box from '@mui/material/Box';
import type { MachineLook } from '../../state/machine-look.ts';
import { useText } from '../../text/use-text.ts';

const looks = {
  working: { Icon: PlayCircle, color: 'info.main' },
  idle: { Icon: RadioButtonUnchecked, color: 'text.secondary' },
  waiting: { Icon: HourglassEmpty, color: 'warning.main' },
  paused: { Icon: PauseCircle, color: 'text.secondary' },
  draining: { Icon: DownloadDone, color: 'warning.main' },
  drained: { Icon: EventBusy, color: 'text.secondary' },
  offline: { Icon: PowerOff, color: 'error.main' },
  'never-seen': { Icon: RadioButtonUnchecked, color: 'text.secondary' },
  'sent-away': { Icon: Block, color: 'error.main' },
} as const satisfies Record<MachineLook, unknown>;

/** How a machine is, as icon, word and colour. */
export function MachineMark({ look }: { readonly look: MachineLook }) {
  const { t } = useText();
  const { Icon, color } = looks[look];
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, whiteSpace: 'nowrap', fontWeight: 500 }}
    >
      <Icon aria-hidden sx={{ fontSize: 18, color, flexShrink: 0 }} />
      {t.machines.look[look]}
    </Box>
  );
}
