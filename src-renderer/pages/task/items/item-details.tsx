import Close from '@mui/icons-material/CloseOutlined';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { KeyboardEvent, ReactNode } from 'react';
import type { ItemRow } from '../../../../src-shared/contract/console-types.ts';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { NameText } from '../../../parts/path-text.tsx';
import { ProblemNote } from '../../../parts/problem-note.tsx';
import { useText } from '../../../text/use-text.ts';
import { OutcomeMark } from './item-row.tsx';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: '108px minmax(0, 1fr)',
        gap: 1,
        typography: 'body2',
        py: 0.25,
      }}
    >
      <Box component="dt" sx={{ color: 'text.secondary' }}>
        {name}
      </Box>
      <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
        {children}
      </Box>
    </Box>
  );
}

interface ItemDetailsProps {
  readonly item: ItemRow;
  readonly onClose: () => void;
}

/** Everything known of one item: its whole path, how it ended, and each finding with cause and remedy. */
export function ItemDetails({ item, onClose }: ItemDetailsProps) {
  const { t, f } = useText();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <Card component="aside" aria-label={t.items.details} onKeyDown={onKeyDown} sx={{ p: 2, minWidth: 0 }}>
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mb: 1 }}>
        <Typography variant="h3" component="h2" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}>
          {item.path === '' ? t.items.root : <NameText name={item.path} />}
        </Typography>
        <CopyButton text={item.path} label={t.items.copyPath} />
        <IconButton size="small" aria-label={t.shell.close} onClick={onClose}>
          <Close fontSize="inherit" />
        </IconButton>
      </Box>
      <Box component="dl" sx={{ m: 0, mb: 1.5 }}>
        <Fact name={t.items.kind}>{t.kind[item.kind]}</Fact>
        {item.kind === 'file' && <Fact name={t.items.size}>{f.bytes(item.size)}</Fact>}
        <Fact name={t.items.modified}>
          <Moment at={item.modified} />
        </Fact>
        <Fact name={t.items.outcome}>
          <OutcomeMark outcome={item.outcome} />
        </Fact>
        {item.grade && (
          <Fact name={t.items.grade}>
            {t.grade[item.grade]}
            <Typography variant="caption" component="p" color="textSecondary">
              {t.gradeMeans[item.grade]}
            </Typography>
          </Fact>
        )}
        {item.destinationName !== null && (
          <Fact name={t.items.renamedLabel}>
            <NameText name={item.destinationName} />
          </Fact>
        )}
      </Box>
      {item.findings.length === 0 ? (
        <Typography variant="body2" color="textSecondary">
          {t.items.noFindings}
        </Typography>
      ) : (
        <Stack spacing={1}>
          {item.findings.map((finding) => (
            <ProblemNote key={`${finding.code} ${finding.detail ?? ''}`} problem={finding} />
          ))}
        </Stack>
      )}
    </Card>
  );
}
