import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { type ReactNode, useState } from 'react';
import { Section } from '../../parts/section.tsx';
import { useText } from '../../text/use-text.ts';

export interface FrameRow {
  readonly key: string;
  readonly name: ReactNode;
  /** As many as there are heads after the first. */
  readonly values: readonly string[];
  readonly picked: boolean;
  /** Undefined: it cannot be picked. */
  readonly onPick: (() => void) | undefined;
}

interface PictureFrameProps {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly FrameRow[];
  readonly children: ReactNode;
}

/** A picture with its twin, a table of the same figures that filters alike. */
export function PictureFrame({ title, heads, rows, children }: PictureFrameProps) {
  const { t } = useText();
  const [table, setTable] = useState(false);
  return (
    <Section
      title={title}
      aside={
        <Button
          size="small"
          aria-label={`${table ? t.assess.asPicture : t.assess.asTable}: ${title}`}
          onClick={() => setTable(!table)}
        >
          {table ? t.assess.asPicture : t.assess.asTable}
        </Button>
      }
    >
      {table ? (
        <Box tabIndex={0} role="group" aria-label={title} sx={{ maxHeight: 340, overflow: 'auto' }}>
          <Table size="small" stickyHeader>
            <TableHead>
              <TableRow>
                {heads.map((head, at) => (
                  <TableCell key={head} align={at === 0 ? 'left' : 'right'}>
                    {head}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(({ key, name, values, picked, onPick }) => (
                <TableRow key={key} selected={picked}>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>
                    {onPick ? (
                      <Button
                        size="small"
                        aria-pressed={picked}
                        onClick={onPick}
                        sx={{ minWidth: 0, py: 0.25 }}
                      >
                        {name}
                      </Button>
                    ) : (
                      name
                    )}
                  </TableCell>
                  {heads.slice(1).map((head, at) => (
                    <TableCell key={head} align="right">
                      {values[at]}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      ) : (
        children
      )}
    </Section>
  );
}
