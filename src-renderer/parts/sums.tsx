import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutline from '@mui/icons-material/ErrorOutlineOutlined';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { addsUp, type Counts, stillToDo, type Tally } from '../../src-shared/model/counts.ts';
import { type Outcome, outcomes } from '../../src-shared/model/item.ts';
import { colour, type Share } from '../app/tokens.ts';
import { useText } from '../text/use-text.ts';
import { Section } from './section.tsx';
import { type Pattern, ShareBar, Swatch } from './share-bar.tsx';

const shares: readonly Share[] = [...outcomes, 'todo'];

/** Shown only when there is something of it: most accounts have neither. */
const rare: ReadonlySet<Share> = new Set(['accepted', 'planned']);

export const sharePattern: Readonly<Record<Share, Pattern>> = {
  copied: 'plain',
  present: 'lines',
  'left-out': 'dots',
  failed: 'stripes',
  accepted: 'back',
  planned: 'rows',
  todo: 'plain',
};

interface TermProps {
  readonly operator: '' | '=' | '+';
  readonly word: string;
  readonly tally: Tally;
  readonly swatch?: ReactNode;
  readonly href?: string | undefined;
}

function Term({ operator, word, tally, swatch, href }: TermProps) {
  const { t, f } = useText();
  const small = [
    tally.folders > 0 ? t.units.folders(tally.folders) : '',
    tally.others > 0 ? t.units.others(tally.others) : '',
    tally.bytes > 0 ? f.bytes(tally.bytes) : '',
  ].filter((text) => text !== '');
  const nothing = tally.files === 0 && small.length === 0;
  return (
    <Box sx={{ display: 'flex', gap: 1, minWidth: { xs: 132, lg: 0 } }}>
      {operator !== '' && (
        <Typography
          component="span"
          sx={{
            fontSize: '1.25rem',
            lineHeight: 1.4,
            color: 'text.secondary',
            width: 14,
            textAlign: 'center',
          }}
        >
          {operator}
        </Typography>
      )}
      <Box sx={{ minWidth: 0 }}>
        <Typography
          component="p"
          sx={{
            fontSize: '1.25rem',
            lineHeight: 1.4,
            fontWeight: 600,
            whiteSpace: 'nowrap',
            color: nothing ? 'text.secondary' : 'text.primary',
          }}
        >
          {f.int(tally.files)}
        </Typography>
        <Typography
          component="p"
          variant="body2"
          sx={{ display: 'flex', alignItems: 'center', gap: 0.75, whiteSpace: 'nowrap' }}
        >
          {swatch}
          {href && !nothing ? <Link href={href}>{word}</Link> : word}
        </Typography>
        {small.map((text) => (
          <Typography key={text} component="p" variant="caption" color="textSecondary">
            {text}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

interface SumsProps {
  readonly counts: Counts;
  /** Whether every run that is counted has ended: then nothing may be left to do. */
  readonly finished: boolean;
  /** Whether one of them goes on: what is still to do gets less by itself. */
  readonly going: boolean;
  /** Where the items of an outcome are listed, where one list has them. */
  readonly hrefOf?: (outcome: Outcome) => string;
}

/** The accounts, as an equation that anybody can check: found = the sum of all outcomes + what is still to do. */
export function Sums({ counts, finished, going, hrefOf }: SumsProps) {
  const { t } = useText();
  const rest = stillToDo(counts);
  const tallyOf = (share: Share): Tally => (share === 'todo' ? rest : counts.byOutcome[share]);
  const whole = ({ files, folders, others }: Tally) => Math.max(0, files + folders + others);
  const right = addsUp(counts, finished);
  const shown = shares.filter((share) => !rare.has(share) || whole(tallyOf(share)) > 0);
  const nothingLeft = finished || (!going && whole(rest) === 0);
  const Icon = right ? CheckCircle : ErrorOutline;
  const verdict = !right
    ? t.overview.sumsFalse
    : nothingLeft
      ? t.overview.sumsTrue
      : going
        ? t.overview.sumsLive
        : t.overview.sumsLeft;
  return (
    <Section
      title={t.overview.sums}
      aside={
        <Typography
          variant="body2"
          sx={{
            display: 'flex',
            gap: 0.75,
            alignItems: 'center',
            color: right ? 'text.secondary' : 'error.main',
          }}
        >
          <Icon aria-hidden sx={{ fontSize: 18, color: right ? 'success.main' : 'error.main' }} />
          {verdict}
        </Typography>
      }
    >
      <ShareBar
        segments={shown.map((share) => ({
          key: share,
          value: whole(tallyOf(share)),
          colour: colour('outcome', share),
          pattern: sharePattern[share],
        }))}
      />
      <Box
        sx={{
          mt: 2,
          display: { xs: 'grid', lg: 'flex' },
          flexWrap: 'wrap',
          gridTemplateColumns: 'repeat(auto-fill, minmax(140px, 1fr))',
          justifyContent: 'space-between',
          rowGap: 1.5,
          columnGap: 1,
        }}
      >
        <Term operator="" word={t.overview.filesFound} tally={counts.found} />
        {shown.map((share, index) => (
          <Term
            key={share}
            operator={index === 0 ? '=' : '+'}
            word={t.share[share]}
            tally={tallyOf(share)}
            href={share === 'todo' ? undefined : hrefOf?.(share)}
            swatch={<Swatch colour={colour('outcome', share)} pattern={sharePattern[share]} />}
          />
        ))}
      </Box>
    </Section>
  );
}
