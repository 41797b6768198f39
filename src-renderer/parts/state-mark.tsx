import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutline from '@mui/icons-material/ErrorOutlineOutlined';
import HourglassEmpty from '@mui/icons-material/HourglassEmptyOutlined';
import PauseCircle from '@mui/icons-material/PauseCircleOutlined';
import PlayCircle from '@mui/icons-material/PlayCircleOutlined';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUncheckedOutlined';
import StopCircle from '@mui/icons-material/StopCircleOutlined';
import Warning from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import type { TaskState } from '../text/en-words.ts';
import { useText } from '../text/use-text.ts';

const looks = {
  ready: { Icon: RadioButtonUnchecked, color: 'text.secondary' },
  waiting: { Icon: HourglassEmpty, color: 'warning.main' },
  running: { Icon: PlayCircle, color: 'info.main' },
  pausing: { Icon: PauseCircle, color: 'warning.main' },
  paused: { Icon: PauseCircle, color: 'text.secondary' },
  stopping: { Icon: StopCircle, color: 'warning.main' },
  stopped: { Icon: StopCircle, color: 'text.secondary' },
  complete: { Icon: CheckCircle, color: 'success.main' },
  'complete-with-issues': { Icon: Warning, color: 'warning.main' },
  failed: { Icon: ErrorOutline, color: 'error.main' },
} as const satisfies Record<TaskState, unknown>;

export function StateIcon({ state, size = 18 }: { readonly state: TaskState; readonly size?: number }) {
  const { Icon, color } = looks[state];
  return <Icon aria-hidden sx={{ fontSize: size, color, flexShrink: 0 }} />;
}

/** A state as icon, word and colour. */
export function StateMark({ state }: { readonly state: TaskState }) {
  const { t } = useText();
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, whiteSpace: 'nowrap', fontWeight: 500 }}
    >
      <StateIcon state={state} />
      {t.state[state]}
    </Box>
  );
}
