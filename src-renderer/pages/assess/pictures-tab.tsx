import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useMemo, useRef } from 'react';
import type { SurveyFigures } from '../../../src-shared/contract/assessments.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { columnPictures, type Picks, queryOf } from '../../../src-shared/survey/picks.ts';
import { go } from '../../app/use-route.ts';
import { Section } from '../../parts/section.tsx';
import { useText } from '../../text/use-text.ts';
import { ItemBrowser } from '../task/items/item-browser.tsx';
import { ColumnsPicture } from './columns-picture.tsx';
import { FolderMap } from './folder-map.tsx';
import { PickBar } from './pick-bar.tsx';
import { pickWords } from './picture-words.ts';
import { ReadinessPicture } from './readiness.tsx';
import { TypesPicture } from './types-picture.tsx';

interface PicturesTabProps {
  readonly task: Task;
  readonly run: string;
  readonly figures: SurveyFigures;
  readonly picks: Picks;
}

/** The pictures, and below them the items that are picked in them. What is picked stands in the address. */
export function PicturesTab({ task, run, figures, picks }: PicturesTabProps) {
  const { t, f } = useText();
  const items = useRef<HTMLDivElement>(null);
  const route = (to: Picks) => go({ page: 'assessment', task: task.id, tab: 'pictures', picks: to });
  const pick = (change: Picks) => {
    const picked = Object.entries({ ...picks, ...change }).filter(([, value]) => value !== undefined);
    route(Object.fromEntries(picked));
  };
  const clear = () => route({});
  const query = useMemo(() => queryOf(picks, figures), [picks, figures]);
  const words = pickWords(t, f, picks, figures);
  const toItems = () => {
    items.current?.scrollIntoView({ block: 'start' });
    items.current?.focus({ preventScroll: true });
  };
  return (
    <Stack spacing={2}>
      {words.length > 0 && <PickBar words={words} onPick={pick} onClear={clear} onItems={toItems} />}
      <ReadinessPicture figures={figures} picked={picks.ready} onPick={(ready) => pick({ ready })} />
      <FolderMap tree={figures.tree} picked={picks.below} onPick={(below) => pick({ below })} />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
        }}
      >
        {columnPictures.map((picture) => (
          <ColumnsPicture
            key={picture}
            picture={picture}
            bins={figures[picture]}
            picked={picks[picture]}
            onPick={(at) => pick({ [picture]: at })}
          />
        ))}
      </Box>
      <TypesPicture figures={figures} picked={picks.type} onPick={(type) => pick({ type })} />
      {/* Below the bar of what is picked, which stays where it is. */}
      <Box ref={items} tabIndex={-1} sx={{ outline: 'none', scrollMarginTop: 64 }}>
        <Section title={t.assess.picked}>
          <ItemBrowser run={run} filter={query} live={false} none={t.items.none}>
            {words.length > 0 && <Button onClick={clear}>{t.assess.clear}</Button>}
          </ItemBrowser>
        </Section>
      </Box>
    </Stack>
  );
}
