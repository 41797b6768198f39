import UploadFile from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { importDesk, openList } from '../../state/import-store.ts';
import { useText } from '../../text/use-text.ts';
import { download } from './download.ts';
import { FileButton } from './file-button.tsx';

/** Before there is a list: where to drop one, what is understood, and one to begin with. */
export function ImportStart() {
  const { t } = useText();
  const words = t.imports;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const inField = event.target instanceof HTMLElement && event.target.closest('input, textarea');
      if (text.trim() === '' || inField) return;
      event.preventDefault();
      void openList(words.pasted, new TextEncoder().encode(text));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [words]);
  return (
    <Box
      sx={{
        border: '2px dashed var(--convoy-palette-divider)',
        borderRadius: 3,
        bgcolor: 'background.paper',
        px: 3,
        py: { xs: 5, md: 8 },
        textAlign: 'center',
      }}
    >
      <UploadFile aria-hidden sx={{ fontSize: 44, color: 'primary.main' }} />
      <Typography variant="h2" sx={{ mt: 1 }}>
        {words.drop}
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 1, mx: 'auto', maxWidth: '64ch' }}>
        {words.intro}
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1, mx: 'auto', maxWidth: '72ch' }}>
        {words.forms}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, justifyContent: 'center', mt: 3 }}>
        <FileButton />
        <Button
          onClick={() =>
            void importDesk()
              .template()
              .then((csv) => download('convoy-template.csv', csv))
          }
        >
          {words.template}
        </Button>
      </Box>
    </Box>
  );
}
