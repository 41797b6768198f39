import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { RenameView } from '../../../src-shared/contract/assessments.ts';
import { splitPath } from '../../parts/path-cut.ts';
import { NameText } from '../../parts/path-text.tsx';
import { visible } from '../../parts/visible.ts';
import type { Failure } from '../../state/ask.ts';
import { useText } from '../../text/use-text.ts';

interface RenameRowProps {
  readonly row: RenameView;
  readonly onRename: (row: RenameView, name: string | null) => Promise<Failure | null>;
}

/** What was found wrong with a name that was typed. */
function refusal(failure: Failure): string {
  return failure.kind === 'problem' ? (failure.problem.detail ?? failure.problem.code) : failure.detail;
}

interface EditorProps extends RenameRowProps {
  readonly onDone: () => void;
}

/** Enter keeps the name, Escape leaves it; what is not taken says why and stays to be mended. */
function Editor({ row, onRename, onDone }: EditorProps) {
  const { t } = useText();
  const { name } = splitPath(row.path);
  const [typed, setTyped] = useState(row.given ?? row.proposed ?? name);
  const [wrong, setWrong] = useState<string | null>(null);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const failure = await onRename(row, typed);
    if (failure) setWrong(refusal(failure));
    else onDone();
  };
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event: FormEvent) => void keep(event)}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'flex-start' }}
    >
      <TextField
        autoFocus
        size="small"
        label={t.assess.plan.after}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Escape') onDone();
        }}
        error={wrong !== null}
        helperText={wrong === null ? undefined : `${t.assess.plan.refused}: ${wrong}`}
        slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off', maxLength: 1_000 } }}
        sx={{ flex: '1 1 220px' }}
      />
      <Button type="submit" variant="contained" size="small" sx={{ mt: 0.5 }}>
        {t.assess.plan.save}
      </Button>
      <Button size="small" onClick={onDone} sx={{ mt: 0.5 }}>
        {t.assess.plan.cancel}
      </Button>
    </Box>
  );
}

/** An item of the repair plan: its name now, its name at the destination, why, and how that can be changed. */
export function RenameRow({ row, onRename }: RenameRowProps) {
  const { t } = useText();
  const [editing, setEditing] = useState(false);
  const { folders, name } = splitPath(row.path);
  const after = row.given ?? row.proposed;
  return (
    <TableRow>
      <TableCell sx={{ overflowWrap: 'anywhere', verticalAlign: 'top', width: '34%' }}>
        <NameText name={name} />
        <Typography variant="caption" component="p" color="textSecondary">
          <NameText name={folders} />
        </Typography>
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
        {editing ? (
          <Editor row={row} onRename={onRename} onDone={() => setEditing(false)} />
        ) : (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
            <Box component="span" sx={{ flexGrow: 1 }}>
              {after === null ? (
                <Typography component="span" variant="body2" color="error">
                  {t.assess.plan.blocked}
                </Typography>
              ) : (
                <NameText name={after} />
              )}{' '}
              {row.given !== null && <Chip size="small" label={t.assess.plan.given} />}
            </Box>
            {(row.kind === 'file' || row.kind === 'folder') && (
              <Button
                size="small"
                aria-label={`${t.assess.plan.change}: ${visible(row.path)}`}
                onClick={() => setEditing(true)}
              >
                {t.assess.plan.change}
              </Button>
            )}
            {row.given !== null && (
              <Button
                size="small"
                aria-label={`${t.assess.plan.back}: ${visible(row.path)}`}
                onClick={() => void onRename(row, null)}
              >
                {t.assess.plan.back}
              </Button>
            )}
          </Box>
        )}
      </TableCell>
      <TableCell
        sx={{ verticalAlign: 'top', color: 'text.secondary', width: '22%', overflowWrap: 'anywhere' }}
      >
        <NameText name={row.reason} />
      </TableCell>
    </TableRow>
  );
}
