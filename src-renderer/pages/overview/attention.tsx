import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { Overview } from '../../../src-shared/contract/console-types.ts';
import { itemsHash, taskHash } from '../../app/route.ts';
import { AttentionList, type GroupLink } from '../../parts/attention-list.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Section } from '../../parts/section.tsx';
import { useTasks } from '../../state/tasks.ts';
import { issueGroups, standstill } from '../../text/overall.ts';
import { useText } from '../../text/use-text.ts';

/** What needs a person: runs that stand still with their reason, then the issues of all tasks by code. */
export function Attention({ overview }: { readonly overview: Overview }) {
  const { t } = useText();
  const rows = useTasks((state) => state.rows) ?? [];
  const nameOf = (task: string) => rows.find((row) => row.task.id === task)?.task.name ?? task;
  const standing = rows.flatMap((row) => {
    const reason = standstill(row);
    return reason ? [{ task: row.task, reason }] : [];
  });
  const linksOf = (group: Overview['attention'][number]): readonly GroupLink[] =>
    group.tasks.map((task) => ({
      href: itemsHash(task, { code: group.code }),
      label: group.tasks.length === 1 ? t.overview.show(group.items) : t.overview.showIn(nameOf(task)),
    }));
  // A run that failed as a whole is told above with its task; it holds no items of its own.
  const groups = issueGroups(overview.attention).filter(({ items }) => items > 0);
  return (
    <Section title={t.overview.attention}>
      {standing.slice(0, 5).map(({ task, reason }) => (
        <Box key={task.id} sx={{ mb: 1.5 }}>
          <Link href={taskHash(task.id)} variant="h3" sx={{ display: 'inline-block', mb: 0.5 }}>
            {task.name}
          </Link>
          <ProblemNote problem={reason} />
        </Box>
      ))}
      {(groups.length > 0 || standing.length === 0) && (
        <AttentionList
          groups={groups}
          first={standing.length > 0 ? 3 : 4}
          empty={t.overview.noAttention}
          linksOf={(group) => groups.filter(({ code }) => code === group.code).flatMap(linksOf)}
        />
      )}
    </Section>
  );
}
