import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import type { Counts } from '../../src-shared/model/counts.ts';
import { type Grade, grades } from '../../src-shared/model/item.ts';
import { colour } from '../app/tokens.ts';
import { useText } from '../text/use-text.ts';
import { Section } from './section.tsx';
import { type Pattern, ShareBar, Swatch } from './share-bar.tsx';

const gradePattern: Readonly<Record<Grade, Pattern>> = {
  identical: 'plain',
  rewritten: 'rows',
  'size-equal': 'lines',
  present: 'dots',
  differs: 'stripes',
  missing: 'back',
};

interface GradesProps {
  readonly counts: Counts;
  readonly hrefOf?: (grade: Grade) => string;
}

/** What verification can say of the copies, as a bar with its numbers in words. */
export function Grades({ counts, hrefOf }: GradesProps) {
  const { t, f } = useText();
  const any = grades.some((grade) => counts.byGrade[grade].files > 0);
  return (
    <Section title={t.overview.grades}>
      {any ? (
        <>
          <ShareBar
            segments={grades.map((grade) => ({
              key: grade,
              value: counts.byGrade[grade].files,
              colour: colour('grade', grade),
              pattern: gradePattern[grade],
            }))}
          />
          <Box component="ul" sx={{ listStyle: 'none', m: 0, mt: 1.5, p: 0 }}>
            {grades.map((grade) => {
              const { files, bytes } = counts.byGrade[grade];
              return (
                <Box
                  key={grade}
                  component="li"
                  sx={{
                    display: 'flex',
                    alignItems: 'baseline',
                    gap: 1,
                    py: 0.4,
                    opacity: files === 0 ? 0.85 : 1,
                  }}
                >
                  <Swatch colour={colour('grade', grade)} pattern={gradePattern[grade]} />
                  <Tooltip title={t.gradeMeans[grade]}>
                    <Typography variant="body2" component="span" sx={{ flexGrow: 1 }}>
                      {hrefOf && files > 0 ? (
                        <Link href={hrefOf(grade)}>{t.grade[grade]}</Link>
                      ) : (
                        t.grade[grade]
                      )}
                    </Typography>
                  </Tooltip>
                  <Typography variant="body2" component="span" sx={{ fontWeight: files > 0 ? 600 : 400 }}>
                    {t.units.files(files)}
                  </Typography>
                  <Typography
                    variant="caption"
                    component="span"
                    color="textSecondary"
                    sx={{ minWidth: 68, textAlign: 'end' }}
                  >
                    {f.bytes(bytes)}
                  </Typography>
                </Box>
              );
            })}
          </Box>
        </>
      ) : (
        <Typography variant="body2" color="textSecondary">
          {t.overview.gradesEmpty}
        </Typography>
      )}
    </Section>
  );
}
