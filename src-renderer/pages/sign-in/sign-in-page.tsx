import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { useSignIn } from '../../state/sign-in.ts';
import { useText } from '../../text/use-text.ts';
import { SignInDesk } from './sign-in-desk.tsx';

/** Who is signed in on this machine, and how somebody signs in. */
export function SignInPage() {
  const { t } = useText();
  const view = useSignIn((state) => state.view);
  return (
    <Stack spacing={2.5} sx={{ maxWidth: 820, mx: 'auto' }}>
      <Typography variant="h1">{t.signIn.title}</Typography>
      {view === null ? <PageSkeleton label={t.signIn.loading} /> : <SignInDesk view={view} />}
    </Stack>
  );
}
