import AccountCircle from '@mui/icons-material/AccountCircleOutlined';
import Badge from '@mui/icons-material/BadgeOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';
import type { SignedInAs, SignInView } from '../../../src-shared/contract/sign-in.ts';
import { cloudName } from '../../parts/cloud-name.ts';
import { Facts } from '../../parts/facts.tsx';
import { IconTile } from '../../parts/icon-tile.tsx';
import { visible } from '../../parts/visible.ts';
import { useText } from '../../text/use-text.ts';

interface SignedInCardProps {
  readonly view: SignInView & { readonly who: SignedInAs };
  /** What can be done about it. */
  readonly actions: ReactNode;
  readonly children?: ReactNode;
}

/** Who is signed in on this machine, or was until it ended. */
export function SignedInCard({ view: { state, who }, actions, children }: SignedInCardProps) {
  const { t } = useText();
  const id = useId();
  const words = t.signIn;
  const Icon = who.kind === 'app' ? Badge : AccountCircle;
  const name = visible(who.kind === 'app' ? words.theApp : (who.name ?? who.account));
  const facts = [
    [words.facts.account, visible(who.account)],
    [words.facts.organisation, visible(who.tenant)],
    [words.facts.cloud, cloudName(t, who.cloud)],
    [words.facts.app, visible(who.app)],
  ] as const;
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: { xs: 2, md: 2.5 } }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start' }}>
        <IconTile color={state === 'ready' ? 'primary.main' : 'error.main'}>
          <Icon />
        </IconTile>
        <Box sx={{ minWidth: 0, flexGrow: 1 }}>
          <Typography id={id} variant="h2">
            {state === 'needed' ? words.was(name) : words.as(name)}
          </Typography>
          <Box sx={{ mt: 1 }}>
            <Facts facts={facts} />
          </Box>
          {children}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2 }}>{actions}</Box>
        </Box>
      </Box>
    </Card>
  );
}

/** The buttons of a person who signed in here. */
export function PersonActions({
  needed,
  disabled,
  onAgain,
  onOther,
  onOut,
}: {
  readonly needed: boolean;
  readonly disabled: boolean;
  readonly onAgain: () => void;
  readonly onOther: () => void;
  readonly onOut: () => void;
}) {
  const { t } = useText();
  return (
    <>
      <Button variant={needed ? 'contained' : 'outlined'} disabled={disabled} onClick={onAgain}>
        {t.signIn.again}
      </Button>
      <Button disabled={disabled} onClick={onOther}>
        {t.signIn.form.other}
      </Button>
      <Button color="error" disabled={disabled} onClick={onOut}>
        {t.signIn.signOut}
      </Button>
    </>
  );
}
