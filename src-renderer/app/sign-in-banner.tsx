import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { isUnderWay, useSignIn } from '../state/sign-in.ts';
import { useSignInAgain } from '../state/use-sign-in-again.ts';
import { codeEntry } from '../text/code-texts.ts';
import { useText } from '../text/use-text.ts';
import { signInHash } from './route.ts';
import { useRoute } from './use-route.ts';

/** Says on every page that a sign-in has ended, and mends that with one click. What does not need it goes on meanwhile. */
export function SignInBanner() {
  const { t, f } = useText();
  const view = useSignIn((state) => state.view);
  const { page } = useRoute();
  const again = useSignInAgain();
  // The page of the sign-in says it itself.
  if (view === null || view.problem === null || page === 'sign-in') return null;
  const needed = view.state === 'needed' && view.origin === 'kept';
  const entry = codeEntry(f.locale, view.problem.code);
  return (
    <Alert
      severity={needed ? 'warning' : 'error'}
      role="status"
      sx={{ borderRadius: 0, alignItems: 'center', flexShrink: 0 }}
      action={
        needed && !isUnderWay(view.attempt) ? (
          <Button
            color="inherit"
            size="small"
            variant="outlined"
            disabled={again === null}
            onClick={() => void again?.()}
          >
            {t.signIn.again}
          </Button>
        ) : (
          <Button color="inherit" size="small" href={signInHash}>
            {t.signIn.banner.show}
          </Button>
        )
      }
    >
      <Typography variant="body2" component="p" sx={{ fontWeight: 600 }}>
        {needed ? t.signIn.banner.needed : (entry?.title ?? t.problem.unknown)}
      </Typography>
      <Typography variant="body2" component="p">
        {needed ? t.signIn.banner.neededBody : (entry?.remedy ?? t.problem.unknownBody)}
      </Typography>
    </Alert>
  );
}
