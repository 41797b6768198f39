import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

interface FactsProps {
  /** What it is called, and what it is. */
  readonly facts: readonly (readonly [string, ReactNode])[];
}

/** Names and values in two columns; one below the other where there is no room. */
export function Facts({ facts }: FactsProps) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'minmax(120px, max-content) minmax(0, 1fr)' },
        columnGap: 1.5,
        rowGap: 0.5,
        typography: 'body2',
      }}
    >
      {facts.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
