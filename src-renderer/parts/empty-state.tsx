import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  readonly body?: string;
  /** At least one thing to do: no page is a dead end. */
  readonly children?: ReactNode;
  readonly level?: 'h1' | 'h2' | 'p';
}

export function EmptyState({ title, body, children, level = 'h2' }: EmptyStateProps) {
  return (
    <Box sx={{ py: { xs: 5, md: 9 }, px: 2, mx: 'auto', maxWidth: 560, textAlign: 'center' }}>
      <Typography variant="h1" component={level}>
        {title}
      </Typography>
      {body && (
        <Typography color="textSecondary" sx={{ mt: 1 }}>
          {body}
        </Typography>
      )}
      {children && (
        <Box sx={{ mt: 3, display: 'flex', gap: 1.5, justifyContent: 'center', flexWrap: 'wrap' }}>
          {children}
        </Box>
      )}
    </Box>
  );
}
