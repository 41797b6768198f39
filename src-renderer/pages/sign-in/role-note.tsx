import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import HelpOutline from '@mui/icons-material/HelpOutlineOutlined';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import type { Standing } from '../../../src-shared/rules/directory-roles.ts';
import { FailureNote } from '../../parts/problem-note.tsx';
import { type Asked, ask } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { useText } from '../../text/use-text.ts';

const icons = {
  'global-administrator': CheckCircle,
  'sharepoint-administrator': CheckCircle,
  none: InfoOutlined,
  unknown: HelpOutline,
  application: InfoOutlined,
} as const satisfies Record<Standing, unknown>;

const tones: Readonly<Record<Standing, string>> = {
  'global-administrator': 'success.main',
  'sharepoint-administrator': 'success.main',
  none: 'warning.main',
  unknown: 'text.secondary',
  application: 'info.main',
};

/** Whether the role is enough, and if not, what is missing and who can give it. Asked anew each time that the page is opened. */
export function RoleNote() {
  const { t } = useText();
  const client = useClient();
  const words = t.signIn.role;
  const [answer, setAnswer] = useState<Asked<Standing> | null>(null);
  const askNow = useCallback(async () => {
    if (client === null) return;
    setAnswer(null);
    setAnswer(await ask(() => client.signIn.standing()));
  }, [client]);
  useEffect(() => void askNow(), [askNow]);
  if (answer === null) return <Skeleton role="status" aria-label={words.asking} height={44} sx={{ mt: 1 }} />;
  if (!answer.ok) {
    return (
      <Box sx={{ mt: 1.5 }}>
        <FailureNote failure={answer.failure} again={() => void askNow()} label={words.again} />
      </Box>
    );
  }
  const Icon = icons[answer.value];
  return (
    <Box
      role="group"
      aria-label={words.title}
      sx={{ display: 'flex', gap: 1.25, mt: 1.5, p: 1.5, borderRadius: 2, bgcolor: 'sunken' }}
    >
      <Icon aria-hidden sx={{ fontSize: 20, mt: '1px', color: tones[answer.value] }} />
      <Box sx={{ minWidth: 0, flexGrow: 1 }} role="status">
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {words.name[answer.value]}
        </Typography>
        <Typography variant="body2" color="textSecondary" sx={{ maxWidth: '78ch' }}>
          {words.means[answer.value]}
        </Typography>
      </Box>
      <Box sx={{ flexShrink: 0 }}>
        <Button size="small" disabled={client === null} onClick={() => void askNow()}>
          {words.again}
        </Button>
      </Box>
    </Box>
  );
}
