import type { SurveyFigures } from '../../../src-shared/contract/assessments.ts';
import { assessmentHash } from '../../app/route.ts';
import { AttentionList } from '../../parts/attention-list.tsx';
import { Section } from '../../parts/section.tsx';
import { groupsOf } from '../../text/overall.ts';
import { useText } from '../../text/use-text.ts';

interface FindingsTabProps {
  readonly task: string;
  readonly figures: SurveyFigures;
}

/** What is to be said, by code: how many items, how many bytes, what to do, and where they are listed. */
export function FindingsTab({ task, figures }: FindingsTabProps) {
  const { t } = useText();
  return (
    <Section title={t.assess.tabs.findings}>
      <AttentionList
        groups={groupsOf({ byCode: figures.findings })}
        empty={t.assess.noFindings}
        linksOf={({ code, items }) =>
          figures.ofTheWhole.includes(code)
            ? []
            : [{ label: t.assess.items(items), href: assessmentHash(task, 'pictures', { code }) }]
        }
      />
    </Section>
  );
}
