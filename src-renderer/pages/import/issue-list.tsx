import ErrorOutline from '@mui/icons-material/ErrorOutlineOutlined';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ImportSummary } from '../../imports/import-desk.ts';
import { Section } from '../../parts/section.tsx';
import { useImport, withDesk } from '../../state/import-store.ts';
import { codeEntry } from '../../text/code-texts.ts';
import { useText } from '../../text/use-text.ts';

/** What is to be said about the rows, once for all rows that it is about, and what mends them all at once. */
export function IssueList({ summary: { groups } }: { readonly summary: ImportSummary }) {
  const { t, f } = useText();
  const words = t.imports;
  const filter = useImport((state) => state.filter);
  return (
    <Section title={words.issues}>
      {groups.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {words.noIssues}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {groups.map(({ code, rows, error, fixes }) => {
          const entry = codeEntry(f.locale, code);
          const Icon = error ? ErrorOutline : InfoOutlined;
          return (
            <Box
              key={code}
              component="li"
              sx={{
                display: 'flex',
                gap: 1,
                py: 1.25,
                borderTop: 1,
                borderColor: 'divider',
                '&:first-of-type': { borderTop: 0, pt: 0 },
              }}
            >
              <Icon
                titleAccess={t.severity[error ? 'error' : 'info']}
                sx={{ fontSize: 20, mt: '1px', color: error ? 'error.main' : 'info.main' }}
              />
              <Box sx={{ minWidth: 0 }}>
                <Typography variant="body2" sx={{ fontWeight: 600 }}>
                  {entry?.title ?? t.problem.unknown}
                </Typography>
                <Typography variant="caption" component="p" color="textSecondary">
                  {entry?.remedy}
                </Typography>
                <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.5, ml: -0.625 }}>
                  <Button
                    size="small"
                    aria-pressed={filter.group === code}
                    onClick={() =>
                      useImport.setState({ filter: filter.group === code ? {} : { group: code } })
                    }
                  >
                    {filter.group === code ? words.all : words.show(rows)}
                  </Button>
                  {fixes.map((fix) => (
                    <Button
                      key={fix}
                      size="small"
                      color={fix === 'remove' ? 'error' : 'primary'}
                      onClick={() => void withDesk((desk) => desk.fix(code, fix))}
                    >
                      {words.fixes[fix](rows)}
                    </Button>
                  ))}
                </Box>
              </Box>
            </Box>
          );
        })}
      </Box>
    </Section>
  );
}
