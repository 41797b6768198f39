import ErrorOutline from '@mui/icons-material/ErrorOutlineOutlined';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import Warning from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Severity } from '../../src-shared/catalogue/entry.ts';
import { codeEntry } from '../text/code-texts.ts';
import type { CodeGroup } from '../text/overall.ts';
import { useText } from '../text/use-text.ts';

const icons = {
  error: { Icon: ErrorOutline, color: 'error.main' },
  warning: { Icon: Warning, color: 'warning.main' },
  info: { Icon: InfoOutlined, color: 'info.main' },
} as const satisfies Record<Severity, unknown>;

export interface GroupLink {
  readonly label: string;
  readonly href: string;
}

interface AttentionListProps {
  readonly groups: readonly CodeGroup[];
  /** Where the items of a group are. */
  readonly linksOf: (group: CodeGroup) => readonly GroupLink[];
  readonly empty: string;
  /** How many are shown before somebody asks for all. */
  readonly first?: number;
}

/** Issues as groups, not lines: what, how many, why, what to do, who can, and where the items are. */
export function AttentionList({ groups, linksOf, empty, first = 50 }: AttentionListProps) {
  const { t, f } = useText();
  const [all, setAll] = useState(false);
  if (groups.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {empty}
      </Typography>
    );
  }
  const shown = all ? groups : groups.slice(0, first);
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {shown.map((group) => {
          const entry = codeEntry(f.locale, group.code);
          const { Icon, color } = icons[entry?.severity ?? 'error'];
          return (
            <Box
              key={group.code}
              component="li"
              sx={{
                display: 'flex',
                gap: 1.25,
                py: 1.25,
                borderTop: 1,
                borderColor: 'divider',
                '&:first-of-type': { borderTop: 0, pt: 0 },
              }}
            >
              <Icon
                titleAccess={t.severity[entry?.severity ?? 'error']}
                sx={{ fontSize: 20, color, mt: '1px' }}
              />
              <Box sx={{ minWidth: 0, flexGrow: 1 }}>
                <Typography variant="h3" component="h3">
                  {entry?.title ?? t.problem.unknown}
                </Typography>
                <Typography variant="body2" color="textSecondary">
                  {entry?.cause ?? t.problem.unknownBody}
                </Typography>
                {entry && (
                  <Typography variant="body2" sx={{ mt: 0.25 }}>
                    {t.problem.remedy(entry.remedy)}
                  </Typography>
                )}
                <Typography
                  variant="caption"
                  component="p"
                  color="textSecondary"
                  sx={{ mt: 0.5, display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}
                >
                  <span>{`${t.units.items(group.items)} · ${f.bytes(group.bytes)}`}</span>
                  {entry && <span>{t.owner[entry.owner]}</span>}
                  <Box component="code" sx={{ fontSize: '0.75rem' }}>
                    {group.code}
                  </Box>
                </Typography>
                <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, mt: 0.5 }}>
                  {linksOf(group).map((link) => (
                    <Link key={link.href} href={link.href} variant="body2" sx={{ fontWeight: 600, py: 0.25 }}>
                      {link.label}
                    </Link>
                  ))}
                </Box>
              </Box>
            </Box>
          );
        })}
      </Box>
      {shown.length < groups.length && (
        <Button size="small" onClick={() => setAll(true)} sx={{ mt: 1 }}>
          {t.overview.allIssues(groups.length)}
        </Button>
      )}
    </>
  );
}
