import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Live } from '../../src-shared/model/live.ts';
import { useText } from '../text/use-text.ts';
import { PathText } from './path-text.tsx';
import { ProgressBar } from './progress-bar.tsx';

/** The files that are being sent at this moment, the first few of them. */
export function InFlight({ files, most = 6 }: { readonly files: Live['inFlight']; readonly most?: number }) {
  const { t, f } = useText();
  return (
    <Box>
      <Typography variant="caption" color="textSecondary" component="p" sx={{ mb: 0.5 }}>
        {t.overview.inFlight(files.length)}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {files.slice(0, most).map((file) => (
          <Box
            key={file.path}
            component="li"
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: 'minmax(0, 1fr) 76px', sm: 'minmax(0, 1fr) 90px 76px' },
              gap: 1.5,
              alignItems: 'center',
              py: 0.25,
              fontSize: '0.8125rem',
            }}
          >
            <PathText path={file.path} />
            <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
              <ProgressBar
                label={file.path}
                value={file.size > 0 ? Math.min(1, file.sent / file.size) : 1}
                height={4}
              />
            </Box>
            <Typography variant="caption" color="textSecondary" sx={{ textAlign: 'end' }}>
              {f.bytes(file.size)}
            </Typography>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
