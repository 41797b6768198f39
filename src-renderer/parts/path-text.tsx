import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { cutMiddle, splitPath } from './path-cut.ts';
import { stretches, visible } from './visible.ts';

/** A name as hostile data: isolated from the text around it, invisible characters shown by number. */
export function NameText({ name }: { readonly name: string }) {
  return (
    <bdi dir="ltr">
      {stretches(name).map((part) =>
        part.hidden ? (
          <Box
            key={part.at}
            component="span"
            sx={{
              px: 0.5,
              mx: '1px',
              borderRadius: 0.5,
              fontSize: '0.75em',
              bgcolor: 'warning.main',
              color: 'background.paper',
            }}
          >
            {part.text}
          </Box>
        ) : (
          part.text
        ),
      )}
    </bdi>
  );
}

interface PathTextProps {
  readonly path: string;
  /** The tooltip with the whole path; off where a row shows it elsewhere. */
  readonly tooltip?: boolean;
}

/** A path on one line: the folders give way in the middle, the name stays readable; the whole is in the tooltip. */
export function PathText({ path, tooltip = true }: PathTextProps) {
  const { folders, name } = splitPath(path);
  const text = (
    <Box component="span" sx={{ display: 'flex', minWidth: 0, maxWidth: '100%', whiteSpace: 'pre' }}>
      {folders && (
        <Box
          component="span"
          sx={{
            color: 'text.secondary',
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            minWidth: folders.length > 8 ? 24 : 0,
            // The folders give way first, and the name only when nothing is left of them.
            flexShrink: 9999,
          }}
        >
          <NameText name={folders} />
        </Box>
      )}
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', flexShrink: 1, minWidth: 0 }}>
        <NameText name={cutMiddle(name, 56)} />
      </Box>
    </Box>
  );
  return tooltip ? <Tooltip title={visible(path)}>{text}</Tooltip> : text;
}
