import Folder from '@mui/icons-material/FolderOutlined';
import InsertDriveFile from '@mui/icons-material/InsertDriveFileOutlined';
import LinkIcon from '@mui/icons-material/LinkOutlined';
import SettingsInput from '@mui/icons-material/SettingsInputComponentOutlined';
import Box from '@mui/material/Box';
import type { ItemRow as Item } from '../../../../src-shared/contract/console-types.ts';
import type { ItemKind } from '../../../../src-shared/model/item.ts';
import { colour } from '../../../app/tokens.ts';
import { PathText } from '../../../parts/path-text.tsx';
import { Swatch } from '../../../parts/share-bar.tsx';
import { sharePattern } from '../../../parts/sums.tsx';
import { codeEntry } from '../../../text/code-texts.ts';
import { useText } from '../../../text/use-text.ts';

const icons = {
  file: InsertDriveFile,
  folder: Folder,
  link: LinkIcon,
  special: SettingsInput,
} as const satisfies Record<ItemKind, unknown>;

/** How much room a row has: two lines, the most needed columns, or all of them. */
export type RowShape = 'narrow' | 'medium' | 'wide';

/** The columns of a row and of the heads above it. */
export const columnsOf: Readonly<Record<RowShape, string>> = {
  narrow: '1fr',
  medium: 'minmax(180px, 1fr) 80px 122px 176px',
  wide: 'minmax(220px, 3fr) 76px 128px 122px 164px minmax(96px, 1fr)',
};

/** How an item ended, in colour, pattern and word; null is no end but what is no longer at the source. */
export function OutcomeMark({ outcome }: { readonly outcome: Item['outcome'] }) {
  const { t } = useText();
  if (outcome === null) return t.items.gone;
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, whiteSpace: 'nowrap' }}
    >
      <Swatch colour={colour('outcome', outcome)} pattern={sharePattern[outcome]} />
      {t.share[outcome]}
    </Box>
  );
}

interface ItemRowProps {
  readonly item: Item;
  readonly shape: RowShape;
}

/** The cells of one item; in the narrow shape two lines instead of columns. */
export function ItemCells({ item, shape }: ItemRowProps) {
  const { t, f } = useText();
  const Icon = icons[item.kind];
  const size = item.kind === 'file' ? f.bytes(item.size) : '';
  const grade = item.grade ? t.grade[item.grade] : '';
  const finding = item.findings[0];
  const said = finding ? (codeEntry(f.locale, finding.code)?.title ?? finding.code) : '';
  const path = (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
      <Icon titleAccess={t.kind[item.kind]} sx={{ fontSize: 18, color: 'text.secondary', flexShrink: 0 }} />
      {item.path === '' ? t.items.root : <PathText path={item.path} />}
    </Box>
  );
  if (shape === 'narrow') {
    return (
      <Box role="gridcell" sx={{ minWidth: 0, width: '100%' }}>
        {path}
        <Box sx={{ display: 'flex', gap: 1.5, typography: 'caption', color: 'text.secondary', pl: 3.25 }}>
          <OutcomeMark outcome={item.outcome} />
          <span>{size}</span>
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            {said || grade}
          </Box>
        </Box>
      </Box>
    );
  }
  return (
    <>
      <Box role="gridcell" sx={{ minWidth: 0 }}>
        {path}
      </Box>
      <Box role="gridcell" sx={{ textAlign: 'end', whiteSpace: 'nowrap' }}>
        {size}
      </Box>
      {shape === 'wide' && (
        <Box role="gridcell" sx={{ whiteSpace: 'nowrap', color: 'text.secondary' }}>
          {f.shortDateTime(item.modified)}
        </Box>
      )}
      <Box role="gridcell">
        <OutcomeMark outcome={item.outcome} />
      </Box>
      <Box
        role="gridcell"
        title={grade}
        sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
      >
        {grade}
      </Box>
      {shape === 'wide' && (
        <Box
          role="gridcell"
          title={said}
          sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: 'text.secondary' }}
        >
          {said}
        </Box>
      )}
    </>
  );
}
