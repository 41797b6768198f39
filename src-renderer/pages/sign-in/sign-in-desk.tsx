import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import type { SignedInAs, SignInView, SignInWish } from '../../../src-shared/contract/sign-in.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { acceptSignIn, beginSignIn, isUnderWay } from '../../state/sign-in.ts';
import { useOrder } from '../../state/use-order.ts';
import { useSignInWish } from '../../state/use-sign-in-wish.ts';
import { useText } from '../../text/use-text.ts';
import { AttemptCard } from './attempt-card.tsx';
import { AttemptEnd } from './attempt-end.tsx';
import { ConsentSection } from './consent-section.tsx';
import { RoleNote } from './role-note.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';
import { PersonActions, SignedInCard } from './signed-in-card.tsx';

/** The last attempt is news only to whoever saw it go on. */
function useSeen(underWay: boolean): boolean {
  const [seen, setSeen] = useState(underWay);
  useEffect(() => {
    if (underWay) setSeen(true);
  }, [underWay]);
  return seen;
}

/** Everything about signing in, as it is at the moment. */
export function SignInDesk({ view }: { readonly view: SignInView }) {
  const { t } = useText();
  const words = t.signIn;
  const { who, attempt, problem, clouds } = view;
  const order = useOrder();
  const wish = useSignInWish(view);
  const underWay = isUnderWay(attempt);
  const seen = useSeen(underWay);
  const [other, setOther] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [last, setLast] = useState<SignInWish>({ how: 'browser' });
  const begin = (wished: SignInWish) => {
    setLast(wished);
    void order.give(
      (client) => beginSignIn(client, wished),
      () => setOther(false),
    );
  };
  const cancel = () =>
    void order.give(
      async (client) => ({ ok: true, value: await acceptSignIn(client, await client.signIn.cancel()) }),
      () => undefined,
    );
  const own = view.origin !== 'given';
  const form = own && !underWay && (who === null || other);
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      {who !== null && (
        <SignedInCard
          view={{ ...view, who }}
          actions={
            own && (
              <PersonActions
                needed={view.state === 'needed'}
                disabled={order.disabled || underWay}
                onAgain={() => begin({ how: 'browser' })}
                onOther={() => setOther(true)}
                onOut={() => setLeaving(true)}
              />
            )
          }
        >
          {view.state === 'ready' && <RoleNote key={`${who.tenant} ${who.account}`} />}
        </SignedInCard>
      )}
      {!own && <ProblemNote problem={{ code: 'sign-in-given' }} />}
      {who === null && own && (
        <Section title={words.nobody}>
          <Typography variant="body2" color="textSecondary">
            {words.nobodyBody}
          </Typography>
        </Section>
      )}
      {underWay && attempt !== null && (
        <AttemptCard
          // Another way in is another card, and takes the focus anew.
          key={attempt.how}
          attempt={attempt}
          disabled={order.disabled}
          onCancel={cancel}
          onCode={() => begin({ ...last, how: 'device-code' })}
        />
      )}
      {!underWay && attempt?.state === 'done' && seen && who !== null && <Done who={who} />}
      {!underWay && (order.failure !== null || (attempt?.state === 'failed' && seen)) && (
        <AttemptEnd
          failure={order.failure ?? (attempt?.problem ? { kind: 'problem', problem: attempt.problem } : null)}
          disabled={order.disabled}
          onRetry={(how) => begin({ ...last, how })}
        />
      )}
      {form && <SignInForm clouds={clouds} wish={wish} disabled={order.disabled} onBegin={begin} />}
      {own && who?.kind !== 'app' && (
        <ConsentSection
          authority={wish.authority}
          tenant={wish.tenant.trim() || (who?.tenant ?? '')}
          app={wish.app}
        />
      )}
      {leaving && <SignOutDialog onClose={() => setLeaving(false)} />}
    </>
  );
}

function Done({ who }: { readonly who: SignedInAs }) {
  const { t } = useText();
  return (
    <Box role="status">
      <Alert
        severity="success"
        variant="outlined"
        action={
          <Button color="inherit" size="small" href="#/overview">
            {t.signIn.next}
          </Button>
        }
      >
        {t.signIn.done(visible(who.name ?? who.account))}
      </Alert>
    </Box>
  );
}
