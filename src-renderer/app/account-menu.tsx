import AccountCircle from '@mui/icons-material/AccountCircleOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { SignInView } from '../../src-shared/contract/sign-in.ts';
import { SignOutDialog } from '../pages/sign-in/sign-out-dialog.tsx';
import { cloudName } from '../parts/cloud-name.ts';
import { visible } from '../parts/visible.ts';
import { useSignIn } from '../state/sign-in.ts';
import { useSignInAgain } from '../state/use-sign-in-again.ts';
import { useText } from '../text/use-text.ts';
import { signInHash } from './route.ts';

/** Who is signed in, and what can be made of that. While nobody is, it leads to the sign-in. */
export function AccountMenu() {
  const { t } = useText();
  const view = useSignIn((state) => state.view);
  const again = useSignInAgain();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [leaving, setLeaving] = useState(false);
  if (view === null) return null;
  if (view.who === null) {
    return (
      <Button size="small" variant="outlined" startIcon={<AccountCircle />} href={signInHash}>
        {t.signIn.signIn}
      </Button>
    );
  }
  const close = () => setAnchor(null);
  const own = view.origin === 'kept';
  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={<AccountCircle color={view.state === 'ready' ? 'inherit' : 'error'} />}
        aria-label={`${t.signIn.account}: ${visible(view.who.name ?? view.who.account)}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minHeight: 36, maxWidth: 220, '& .MuiButton-startIcon': { mr: { xs: 0, md: 1 } } }}
      >
        <Box component="span" sx={{ display: { xs: 'none', md: 'block' } }}>
          <Typography component="span" variant="body2" noWrap sx={{ display: 'block', maxWidth: 170 }}>
            {visible(view.who.name ?? view.who.account)}
          </Typography>
        </Box>
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        slotProps={{ root: { role: 'region', 'aria-label': t.signIn.account } }}
      >
        <MenuItem component="a" href={signInHash} onClick={close} sx={{ display: 'block' }}>
          <Who view={view} />
        </MenuItem>
        {own && <Divider role="presentation" />}
        {own && (
          <MenuItem
            disabled={again === null}
            onClick={() => {
              close();
              void again?.();
            }}
          >
            {t.signIn.again}
          </MenuItem>
        )}
        {own && (
          <MenuItem
            onClick={() => {
              close();
              setLeaving(true);
            }}
          >
            {t.signIn.signOut}
          </MenuItem>
        )}
      </Menu>
      {leaving && <SignOutDialog onClose={() => setLeaving(false)} />}
    </>
  );
}

function Who({ view: { who } }: { readonly view: SignInView }) {
  const { t } = useText();
  if (who === null) return null;
  const quiet = { variant: 'caption', component: 'p', color: 'textSecondary' } as const;
  return (
    <Box sx={{ maxWidth: 320, whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {visible(who.name ?? who.account)}
      </Typography>
      {who.name !== null && <Typography {...quiet}>{visible(who.account)}</Typography>}
      <Typography {...quiet}>{`${t.signIn.facts.organisation}: ${visible(who.tenant)}`}</Typography>
      <Typography {...quiet}>{`${t.signIn.facts.cloud}: ${cloudName(t, who.cloud)}`}</Typography>
      <Typography variant="body2" component="p" color="primary" sx={{ fontWeight: 600, mt: 0.75 }}>
        {t.signIn.open}
      </Typography>
    </Box>
  );
}
