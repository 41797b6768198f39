import Box from '@mui/material/Box';

/** Words to be compared with those on another screen: large, apart, and read as what they are. */
export function PairingWords({ words }: { readonly words: string }) {
  return (
    <Box component="p" data-testid="words" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, m: 0, my: 1 }}>
      {words.split(' ').map((word, at) => (
        <Box
          // The same word may come twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: words never move
          key={at}
          component="span"
          lang="en"
          sx={{
            px: 1.25,
            py: 0.5,
            borderRadius: 1,
            bgcolor: 'sunken',
            border: 1,
            borderColor: 'divider',
            fontFamily: 'ui-monospace, "Cascadia Mono", Consolas, monospace',
            fontSize: '1.0625rem',
            fontWeight: 600,
          }}
        >
          {`${word} `}
        </Box>
      ))}
    </Box>
  );
}
