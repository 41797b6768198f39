import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutline from '@mui/icons-material/ErrorOutlineOutlined';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUncheckedOutlined';
import Box from '@mui/material/Box';
import { draftFields } from '../../../src-shared/imports/draft.ts';
import type { ImportRow } from '../../imports/import-desk.ts';
import { NameText } from '../../parts/path-text.tsx';
import { visible } from '../../parts/visible.ts';
import { codeEntry } from '../../text/code-texts.ts';
import { useText } from '../../text/use-text.ts';
import { CellEditor } from './cell-editor.tsx';

export const IMPORT_COLUMNS =
  '44px 148px minmax(120px, 2fr) minmax(150px, 2.4fr) minmax(72px, 1fr) minmax(72px, 1fr) minmax(72px, 1fr)';

const looks = {
  error: { Icon: ErrorOutline, color: 'error.main' },
  remark: { Icon: InfoOutlined, color: 'info.main' },
  plain: { Icon: RadioButtonUnchecked, color: 'text.secondary' },
  ready: { Icon: CheckCircle, color: 'success.main' },
} as const;

interface ImportCellsProps {
  readonly index: number;
  /** Undefined while it is on its way. */
  readonly row: ImportRow | undefined;
  readonly height: number;
  readonly top: number;
  /** Which of the cells has the cursor; null for none. */
  readonly active: number | null;
  readonly editing: boolean;
  readonly onPick: (column: number) => void;
  readonly onEdit: () => void;
  readonly onDone: (value: string | null) => void;
}

/** A row of the list: how it is, in an icon and words, and its cells. */
export function ImportCells({
  index,
  row,
  height,
  top,
  active,
  editing,
  onPick,
  onEdit,
  onDone,
}: ImportCellsProps) {
  const { t, f } = useText();
  const words = t.imports;
  const first = row?.faults[0];
  const said = row?.faults.map(({ code }) => codeEntry(f.locale, code)?.title ?? code).join('; ');
  const { Icon, color } = looks[row?.state ?? 'plain'];
  return (
    <Box
      role="row"
      aria-rowindex={index + 2}
      sx={{
        ...{
          position: 'absolute',
          insetInline: 0,
          top: 0,
          display: 'grid',
          gridTemplateColumns: IMPORT_COLUMNS,
        },
        ...{ gap: 1.5, alignItems: 'center', px: 1.5, borderBottom: 1, borderColor: 'divider' },
      }}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <Box role="gridcell" sx={{ color: 'text.secondary', textAlign: 'end' }}>
        {row ? f.int(row.line) : ''}
      </Box>
      <Box
        role="gridcell"
        title={said}
        sx={{ display: 'flex', gap: 0.75, alignItems: 'center', minWidth: 0 }}
      >
        {row && (
          <>
            <Icon aria-hidden sx={{ fontSize: 18, color, flexShrink: 0 }} />
            <Box
              component="span"
              sx={{
                overflow: 'hidden',
                display: '-webkit-box',
                WebkitBoxOrient: 'vertical',
                WebkitLineClamp: 2,
                lineHeight: 1.25,
              }}
            >
              {first
                ? (codeEntry(f.locale, first.code)?.title ?? words.states[row.state])
                : words.states[row.state]}
            </Box>
          </>
        )}
      </Box>
      {draftFields.map((field, column) => {
        const here = column === active;
        const wrong = row?.faults.some((fault) => fault.column === field) ?? false;
        return (
          <Box
            key={field}
            id={`import-${index}-${column}`}
            role="gridcell"
            aria-selected={here}
            aria-invalid={wrong || undefined}
            title={row ? visible(row.cells[field]) : undefined}
            onClick={() => onPick(column)}
            onDoubleClick={() => {
              onPick(column);
              onEdit();
            }}
            sx={{
              ...{
                minWidth: 0,
                height: '100%',
                display: 'flex',
                alignItems: 'center',
                px: 0.5,
                borderRadius: 0.5,
                whiteSpace: 'pre',
                overflow: 'hidden',
              },
              ...(wrong
                ? {
                    textDecoration: 'underline wavy',
                    textDecorationColor: 'var(--convoy-palette-error-main)',
                    textUnderlineOffset: '3px',
                  }
                : {}),
              '[role="grid"]:focus-within &[aria-selected="true"]': {
                outline: '2px solid var(--convoy-palette-primary-main)',
                outlineOffset: -2,
              },
            }}
          >
            {here && editing && row ? (
              <CellEditor
                label={words.cell(words.meanings[field], row.line)}
                value={row.cells[field]}
                onDone={onDone}
              />
            ) : (
              <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
                {row && <NameText name={row.cells[field]} />}
              </Box>
            )}
          </Box>
        );
      })}
    </Box>
  );
}
