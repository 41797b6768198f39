import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

interface IconTileProps {
  readonly color: 'primary.main' | 'error.main';
  readonly children: ReactNode;
}

/** The icon at the head of a card; what it says stands beside it in words. */
export function IconTile({ color, children }: IconTileProps) {
  return (
    <Box
      aria-hidden
      sx={{
        display: { xs: 'none', sm: 'grid' },
        placeItems: 'center',
        width: 44,
        height: 44,
        flexShrink: 0,
        borderRadius: 2,
        bgcolor: 'sunken',
        color,
      }}
    >
      {children}
    </Box>
  );
}
