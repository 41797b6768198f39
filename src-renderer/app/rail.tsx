import Dashboard from '@mui/icons-material/DashboardOutlined';
import Dns from '@mui/icons-material/DnsOutlined';
import History from '@mui/icons-material/HistoryOutlined';
import Insights from '@mui/icons-material/InsightsOutlined';
import ListAlt from '@mui/icons-material/ListAltOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useText } from '../text/use-text.ts';
import { assessHash, machinesHash, type Route, tasksHash } from './route.ts';

const places = [
  { page: 'overview', href: '#/overview', Icon: Dashboard, pages: ['overview'] },
  { page: 'tasks', href: tasksHash(), Icon: ListAlt, pages: ['tasks', 'task', 'import'] },
  { page: 'assess', href: assessHash, Icon: Insights, pages: ['assess', 'assessment'] },
  { page: 'machines', href: machinesHash(), Icon: Dns, pages: ['machines'] },
  { page: 'activity', href: '#/activity', Icon: History, pages: ['activity'] },
] as const;

/** The places that there are. At the left; icons alone below 1100 px; a row at the bottom on a narrow screen. */
export function Rail({ route }: { readonly route: Route }) {
  const { t } = useText();
  return (
    <Box
      component="nav"
      aria-label={t.shell.navigation}
      sx={{
        gridArea: 'rail',
        display: 'flex',
        flexDirection: { xs: 'row', sm: 'column' },
        gap: 0.5,
        p: { xs: 0.5, sm: 1.25 },
        justifyContent: { xs: 'space-around', sm: 'flex-start' },
        borderTop: { xs: '1px solid var(--convoy-palette-divider)', sm: 0 },
        borderInlineEnd: { sm: '1px solid var(--convoy-palette-divider)' },
        bgcolor: 'sunken',
      }}
    >
      {places.map(({ page, href, Icon, pages }) => {
        const here = pages.some((name) => name === route.page);
        return (
          <ButtonBase
            key={page}
            href={href}
            aria-current={here ? 'page' : undefined}
            sx={{
              display: 'flex',
              flexDirection: { xs: 'column', sm: 'row' },
              gap: { xs: 0.25, sm: 1.5 },
              justifyContent: { xs: 'center', lg: 'flex-start' },
              px: { xs: 0.75, sm: 1.25, lg: 1.5 },
              minHeight: { xs: 48, sm: 44, lg: 40 },
              borderRadius: 1.25,
              typography: 'body2',
              fontWeight: here ? 600 : 500,
              fontSize: { xs: '0.75rem', sm: '0.875rem' },
              color: here ? 'primary.main' : 'text.secondary',
              bgcolor: here ? 'background.paper' : 'transparent',
              boxShadow: here ? '0 0 0 1px var(--convoy-palette-divider)' : 'none',
              '&:hover': { color: 'text.primary', bgcolor: 'background.paper' },
            }}
          >
            <Icon aria-hidden sx={{ fontSize: 20 }} />
            <Box
              component="span"
              sx={{
                // Below the width of the rail with words, the words are for people who listen.
                '@media (min-width: 600px) and (max-width: 1099.9px)': {
                  position: 'absolute',
                  width: '1px',
                  height: '1px',
                  overflow: 'hidden',
                  clipPath: 'inset(50%)',
                },
              }}
            >
              {t.shell[page]}
            </Box>
          </ButtonBase>
        );
      })}
    </Box>
  );
}
