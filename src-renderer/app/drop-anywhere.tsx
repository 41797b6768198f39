import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { openList } from '../state/import-store.ts';
import { useText } from '../text/use-text.ts';
import { go } from './use-route.ts';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** Takes a list that is dropped anywhere on the window to the page of imports. Buttons there do the same. */
export function DropAnywhere() {
  const { t } = useText();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      // Only when the pointer leaves the window, not one of its parts.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Else the browser would open the file in place of the screen.
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      go({ page: 'import' });
      void file.arrayBuffer().then((bytes) => openList(file.name, new Uint8Array(bytes)));
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  if (!over) return null;
  return (
    <Box
      data-testid="drop-zone"
      sx={{
        ...{
          position: 'fixed',
          inset: 12,
          zIndex: 'tooltip',
          display: 'grid',
          placeItems: 'center',
          pointerEvents: 'none',
        },
        ...{
          border: '3px dashed var(--convoy-palette-primary-main)',
          borderRadius: 4,
          bgcolor: 'background.paper',
          opacity: 0.96,
        },
      }}
    >
      <Typography variant="h1" component="p" sx={{ textAlign: 'center', p: 4 }}>
        {t.imports.dropNow}
      </Typography>
    </Box>
  );
}
