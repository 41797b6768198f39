import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import type { ImportSummary } from '../../imports/import-desk.ts';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { useClient } from '../../state/connection.ts';
import { checkEnds, makeTasks, stopPassage } from '../../state/import-passage.ts';
import { useImport } from '../../state/import-store.ts';
import { useText } from '../../text/use-text.ts';

/** What becomes of the list: ask both ends of its rows, and make tasks of those that are in order. Nobody has to start over for one bad row. */
export function ImportBar({ summary: { counts } }: { readonly summary: ImportSummary }) {
  const { t, f } = useText();
  const words = t.imports;
  const client = useClient();
  const passage = useImport((state) => state.passage);
  const good = counts.all - counts.error;
  return (
    <Card
      component="section"
      aria-label={words.create(good)}
      sx={{
        p: 2,
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1.5,
        alignItems: 'center',
        position: 'sticky',
        bottom: -12,
      }}
    >
      {passage ? (
        <>
          <Box sx={{ flexGrow: 1, minWidth: 200 }}>
            <Typography variant="body2" role="status" sx={{ mb: 0.5 }}>
              {words.passing[passage.kind](f.int(passage.done), f.int(passage.all))}
            </Typography>
            <ProgressBar label={words.title} value={passage.all === 0 ? 1 : passage.done / passage.all} />
          </Box>
          <Button variant="outlined" onClick={stopPassage}>
            {words.stop}
          </Button>
        </>
      ) : (
        <>
          <Typography variant="body2" color="textSecondary" sx={{ flexGrow: 1 }}>
            {good === 0 ? words.nothingToCreate : words.endsBody}
          </Typography>
          <Button
            variant="outlined"
            disabled={!client || good === counts.ready}
            onClick={() => client && void checkEnds(client)}
          >
            {words.ends}
          </Button>
          <Button
            variant="contained"
            disabled={!client || good === 0}
            onClick={() => client && void makeTasks(client)}
          >
            {counts.error === 0 ? words.create(good) : words.createSome(good, counts.error)}
          </Button>
        </>
      )}
    </Card>
  );
}
