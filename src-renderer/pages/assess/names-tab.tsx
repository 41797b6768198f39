import Download from '@mui/icons-material/DownloadOutlined';
import Undo from '@mui/icons-material/UndoOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { type KeyboardEvent, useState } from 'react';
import type { RenameView } from '../../../src-shared/contract/assessments.ts';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { splitPath } from '../../parts/path-cut.ts';
import { FailureNote } from '../../parts/problem-note.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { ask, type Failure } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { useRenames } from '../../state/use-renames.ts';
import { useText } from '../../text/use-text.ts';
import { download } from '../import/download.ts';
import { RenameRow } from './rename-row.tsx';

interface NamesTabProps {
  readonly task: string;
  readonly run: string;
}

/** Hands the whole plan over as a file. @returns why that was not possible */
function useCsv(run: string): () => Promise<Failure | null> {
  const client = useClient();
  return async () => {
    if (!client) return null;
    const pieces: string[] = [];
    let cursor: string | null | undefined;
    do {
      const piece = await ask(() => client.assessments.renamesCsv({ run, ...(cursor ? { cursor } : {}) }));
      if (!piece.ok) return piece.failure;
      pieces.push(piece.value.text);
      cursor = piece.value.cursor;
    } while (cursor !== null);
    download('renames.csv', pieces.join(''));
    return null;
  };
}

/** The repair plan: what every name becomes and why, to be changed by hand before anything is copied. */
export function NamesTab({ task, run }: NamesTabProps) {
  const { t, f } = useText();
  const { rows, total, more, failure, readMore, rename, undo, canUndo } = useRenames(task, run);
  const csv = useCsv(run);
  const [said, setSaid] = useState('');
  const [unwritten, setUnwritten] = useState<Failure | null>(null);
  const { plan } = t.assess;
  const give = async (row: RenameView, name: string | null) => {
    const refused = await rename(row, name);
    if (refused === null) setSaid(plan.kept(visible(splitPath(row.path).name)));
    return refused;
  };
  const takeBack = async () => {
    const row = await undo();
    if (row) setSaid(plan.undone(visible(splitPath(row.path).name)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || typing || !canUndo) return;
    event.preventDefault();
    void takeBack();
  };
  return (
    <Section
      title={plan.title}
      aside={
        <>
          <Button size="small" startIcon={<Undo />} disabled={!canUndo} onClick={() => void takeBack()}>
            {plan.undo}
          </Button>
          <Button
            size="small"
            startIcon={<Download />}
            disabled={!rows || rows.length === 0}
            onClick={() => void csv().then(setUnwritten)}
          >
            {plan.csv}
          </Button>
        </>
      }
    >
      <Stack spacing={1.5} onKeyDown={onKeyDown}>
        <Typography variant="body2" color="textSecondary">
          {plan.intro}
        </Typography>
        <Typography variant="body2" role="status" sx={{ minHeight: '1.5em' }}>
          {said}
        </Typography>
        {failure && <FailureNote failure={failure} />}
        {unwritten && <FailureNote failure={unwritten} />}
        {!rows && !failure && <PageSkeleton label={plan.loading} />}
        {rows?.length === 0 && <Typography>{plan.none}</Typography>}
        {rows && rows.length > 0 && (
          <>
            <Box tabIndex={0} role="group" aria-label={plan.title} sx={{ overflowX: 'auto' }}>
              <Table size="small" sx={{ minWidth: 560 }}>
                <TableHead>
                  <TableRow>
                    <TableCell>{plan.before}</TableCell>
                    <TableCell>{plan.after}</TableCell>
                    <TableCell>{plan.reason}</TableCell>
                  </TableRow>
                </TableHead>
                <TableBody>
                  {rows.map((row) => (
                    <RenameRow key={`${row.item} ${row.code}`} row={row} onRename={give} />
                  ))}
                </TableBody>
              </Table>
            </Box>
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
              <Typography variant="caption" color="textSecondary">
                {plan.shown(f.int(rows.length), f.int(total ?? rows.length))}
              </Typography>
              {more && (
                <Button size="small" onClick={readMore}>
                  {plan.moreRows}
                </Button>
              )}
            </Box>
          </>
        )}
      </Stack>
    </Section>
  );
}
