import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

interface TileProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** One figure with its name and a line of context. */
function Tile({ label, value, note }: TileProps) {
  return (
    <Card sx={{ px: 2, py: 1.5, minWidth: 0 }}>
      <Typography component="dt" variant="caption" color="textSecondary">
        {label}
      </Typography>
      <Box component="dd" sx={{ m: 0 }}>
        <Typography
          component="p"
          sx={{
            // Six in a row have to hold 12 h 55 min and 99.9 MB/s without breaking: heights that change are unrest.
            fontSize: { xs: '1.25rem', lg: '1.25rem', xl: '1.5rem' },
            whiteSpace: 'nowrap',
            fontWeight: 600,
            lineHeight: 1.35,
            letterSpacing: '-0.01em',
          }}
        >
          {value}
        </Typography>
        <Typography component="p" variant="caption" color="textSecondary" sx={{ minHeight: '1.45em' }}>
          {note}
        </Typography>
      </Box>
    </Card>
  );
}

/** A row of figures that breaks as it must. */
export function Tiles({ tiles }: { readonly tiles: readonly TileProps[] }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gap: { xs: 1, md: 2 },
        gridTemplateColumns: {
          xs: 'repeat(2, minmax(0, 1fr))',
          sm: 'repeat(3, minmax(0, 1fr))',
          lg: 'repeat(6, minmax(0, 1fr))',
        },
      }}
    >
      {tiles.map((tile) => (
        <Tile key={tile.label} {...tile} />
      ))}
    </Box>
  );
}
