import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useText } from '../../text/use-text.ts';
import { AssessmentList } from './assessment-list.tsx';
import { StartForm } from './start-form.tsx';

/** Where an assessment begins, and where those that were made are found again. */
export function AssessPage() {
  const { t } = useText();
  return (
    <Stack spacing={2}>
      <Box>
        <Typography variant="h1">{t.assess.title}</Typography>
        <Typography color="textSecondary" sx={{ mt: 0.5, maxWidth: 760 }}>
          {t.assess.intro}
        </Typography>
      </Box>
      <StartForm />
      <AssessmentList />
    </Stack>
  );
}
