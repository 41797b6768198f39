import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { CopyTextButton } from '../../parts/copy-text-button.tsx';
import { useText } from '../../text/use-text.ts';

/** A code to be typed elsewhere: large enough to be read across a desk. */
export function DeviceCode({ code, address }: { readonly code: string; readonly address: string }) {
  const { t } = useText();
  const words = t.signIn.attempt;
  return (
    <>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
        {words.codeBody}
      </Typography>
      <Link
        href={address}
        target="_blank"
        rel="noopener noreferrer"
        sx={{ display: 'inline-block', mt: 1, overflowWrap: 'anywhere', fontWeight: 600 }}
      >
        {address}
      </Link>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 2,
          alignItems: 'center',
          my: 2,
          p: 2,
          borderRadius: 2,
          bgcolor: 'sunken',
          border: 1,
          borderColor: 'divider',
        }}
      >
        <Typography
          component="output"
          aria-label={words.codeLabel}
          data-testid="device-code"
          sx={{
            flexGrow: 1,
            fontFamily: 'ui-monospace, "Cascadia Mono", Consolas, monospace',
            fontSize: { xs: '1.75rem', sm: '2.5rem' },
            fontWeight: 600,
            letterSpacing: '0.12em',
            lineHeight: 1.2,
            userSelect: 'all',
          }}
        >
          {code}
        </Typography>
        <CopyTextButton variant="contained" text={code} label={words.copyCode} />
      </Box>
    </>
  );
}
