import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { cutMiddle } from '../parts/path-cut.ts';
import { useStale } from '../state/connection.ts';
import { useFleet } from '../state/fleet.ts';
import { useSignIn } from '../state/sign-in.ts';
import { codeEntry } from '../text/code-texts.ts';
import { useText } from '../text/use-text.ts';
import { AccountMenu } from './account-menu.tsx';
import { AppearanceMenu } from './appearance-menu.tsx';

/** Which machine this is, which tenant it copies into, and whether it is only a rehearsal. */
export function TopBar() {
  const { t, f } = useText();
  const about = useFleet((state) => state.about);
  const stale = useStale();
  const view = useSignIn((state) => state.view);
  const who = view?.who ?? null;
  const trouble = view?.problem ?? null;
  const tenant =
    trouble !== null
      ? (codeEntry(f.locale, trouble.code)?.title ?? t.problem.unknown)
      : who === null
        ? t.shell.signedOut
        : `${who.cloud} · ${cutMiddle(who.tenant, 28)}`;
  return (
    <Box
      component="header"
      sx={{
        gridArea: 'top',
        display: 'flex',
        alignItems: 'center',
        gap: { xs: 1, sm: 1.5 },
        px: { xs: 1.5, sm: 2 },
        minHeight: 56,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
      }}
    >
      <Box component="img" src="./icon.svg" alt="" sx={{ width: 28, height: 28 }} />
      <Typography
        component="span"
        sx={{
          // Where room is short, the machine is the news.
          display: { xs: about ? 'none' : 'block', sm: 'block' },
          ...{ fontWeight: 650, fontSize: '1.0625rem', letterSpacing: '-0.01em' },
        }}
      >
        Convoy
      </Typography>
      {about && (
        <Box
          sx={{
            display: 'flex',
            flexGrow: 1,
            minWidth: 0,
            alignItems: 'center',
            gap: 1.5,
            ml: { xs: 0, sm: 1 },
          }}
        >
          <Tooltip title={t.shell.version(about.version)}>
            <Typography variant="body2" noWrap sx={{ fontWeight: 600, flexShrink: 1, minWidth: 40 }}>
              {about.machine}
            </Typography>
          </Tooltip>
          {view !== null && (
            <Tooltip
              title={
                who === null
                  ? t.shell.cloud(view.cloud.name)
                  : t.shell.signedIn(who.cloud, who.tenant, who.account)
              }
            >
              <Typography
                variant="body2"
                noWrap
                color={trouble === null ? 'textSecondary' : 'error'}
                sx={{ display: { xs: 'none', sm: 'block' }, minWidth: 0 }}
              >
                {tenant}
              </Typography>
            </Tooltip>
          )}
          {about.practice && (
            <Tooltip title={t.shell.practiceMeans}>
              <Chip
                size="small"
                color="info"
                variant="outlined"
                label={t.shell.practice}
                sx={{ fontWeight: 600 }}
              />
            </Tooltip>
          )}
          {stale && <Chip size="small" color="warning" variant="outlined" label={t.connection.stale} />}
        </Box>
      )}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, marginInlineStart: 'auto', flexShrink: 0 }}>
        <AccountMenu />
        <AppearanceMenu />
      </Box>
    </Box>
  );
}
