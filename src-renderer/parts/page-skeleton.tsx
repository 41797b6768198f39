import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** The outline of a page while its first data is on the way. */
export function PageSkeleton({ label }: { readonly label: string }) {
  return (
    <Box role="status" aria-label={label} aria-busy="true">
      <Skeleton variant="rounded" height={40} width="60%" />
      <Skeleton variant="rounded" height={8} sx={{ mt: 2 }} />
      <Box
        sx={{ mt: 3, display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))' }}
      >
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} variant="rounded" height={92} />
        ))}
      </Box>
      <Skeleton variant="rounded" height={150} sx={{ mt: 2 }} />
      <Skeleton variant="rounded" height={300} sx={{ mt: 2 }} />
    </Box>
  );
}
