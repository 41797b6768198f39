import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useNow } from '../parts/use-now.ts';
import { useConnection } from '../state/connection.ts';
import { useText } from '../text/use-text.ts';

/** Calm news that the machine is out of reach: what is on the screen stays, with its age. */
export function ConnectionBanner() {
  const { t, f } = useText();
  const { connection, retryNow } = useConnection();
  const now = useNow(connection.state === 'lost');
  if (connection.state !== 'lost') return null;
  const { since, retryAt } = connection;
  const seconds = retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1_000));
  return (
    <Alert
      severity="warning"
      role="status"
      sx={{ borderRadius: 0, alignItems: 'center', flexShrink: 0 }}
      action={
        <Button color="inherit" size="small" onClick={retryNow} disabled={retryAt === null}>
          {t.connection.retryNow}
        </Button>
      }
    >
      <Typography variant="body2" component="p" sx={{ fontWeight: 600 }}>
        {t.connection.lost}
      </Typography>
      <Typography variant="body2" component="p">
        {since === null ? t.connection.neverMet : t.connection.lostBody(f.clockSeconds(since))}{' '}
        <span aria-hidden>{retryAt === null ? t.connection.retrying : t.connection.retryIn(seconds)}</span>
      </Typography>
    </Alert>
  );
}
