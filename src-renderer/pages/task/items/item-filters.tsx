import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useRef, useState } from 'react';
import {
  type ItemFilter,
  itemFilterSchema,
  type TaskRow,
} from '../../../../src-shared/contract/console-types.ts';
import { grades, itemKinds, outcomes } from '../../../../src-shared/model/item.ts';
import { parseHash } from '../../../app/route.ts';
import { replaceRoute } from '../../../app/use-route.ts';
import { visible } from '../../../parts/visible.ts';
import { codeEntry } from '../../../text/code-texts.ts';
import { groupsOf } from '../../../text/overall.ts';
import { useText } from '../../../text/use-text.ts';

/** A pause in typing after which the list is read; short enough to feel at once, long enough to save requests. */
const TYPING_MS = 300;

type Key = keyof ItemFilter;

/** Changes one filter in the address, from what stands there now: several may change within a pause in typing. */
function changeFilter(task: string, key: Key, value: string | undefined): void {
  const route = parseHash(window.location.hash);
  if (route.page !== 'task' || route.task !== task || route.tab !== 'items') return;
  const { [key]: _, ...others } = route.filter;
  const filter = itemFilterSchema.parse(value ? { ...others, [key]: value } : others);
  replaceRoute({ page: 'task', task, tab: 'items', filter });
}

interface ItemFiltersProps {
  readonly row: TaskRow;
  readonly filter: ItemFilter;
}

/** Filters, all of them in the address: outcome as chips with counts, the others as fields. */
export function ItemFilters({ row, filter }: ItemFiltersProps) {
  const { t, f } = useText();
  const task = row.task.id;
  // What stands in the field while it has the focus; otherwise it shows what the address says.
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (key: Key, value: string | undefined) => {
    if (key === 'text') setTyped(null);
    changeFilter(task, key, value);
  };
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => changeFilter(task, 'text', text.trim() || undefined), TYPING_MS);
  };

  const select = (
    key: 'grade' | 'kind' | 'code',
    label: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <TextField
      select
      size="small"
      label={label}
      value={filter[key] ?? ''}
      onChange={(event) => change(key, event.target.value || undefined)}
      sx={{ minWidth: { xs: 'calc(50% - 4px)', sm: 150 }, maxWidth: { sm: 260 } }}
    >
      <MenuItem value="">{t.items.any}</MenuItem>
      {options.map(([value, word]) => (
        <MenuItem key={value} value={value}>
          {word}
        </MenuItem>
      ))}
    </TextField>
  );
  const codeTitle = (code: string) => codeEntry(f.locale, code)?.title ?? code;
  const codes = groupsOf(row.counts).map((group) => group.code);
  const offered = filter.code && !codes.includes(filter.code) ? [filter.code, ...codes] : codes;
  const tallyOf = (outcome: (typeof outcomes)[number]) => {
    const { files, folders, others } = row.counts.byOutcome[outcome];
    return files + folders + others;
  };
  // Nothing is accepted yet by any order, and only dry runs plan: offered where there is something of it.
  const isOffered = (outcome: (typeof outcomes)[number]) =>
    (outcome !== 'accepted' && outcome !== 'planned') || tallyOf(outcome) > 0;
  const active: readonly (readonly [Key, string])[] = [
    ...(filter.grade ? ([['grade', t.grade[filter.grade]]] as const) : []),
    ...(filter.kind ? ([['kind', t.kind[filter.kind]]] as const) : []),
    ...(filter.code ? ([['code', codeTitle(filter.code)]] as const) : []),
    ...(filter.text ? ([['text', visible(filter.text)]] as const) : []),
  ];
  return (
    <Box component="search" aria-label={t.items.filter} sx={{ display: 'grid', gap: 1.25 }}>
      <Box role="group" aria-label={t.items.outcome} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Chip
          clickable
          aria-pressed={!filter.outcome}
          color={filter.outcome ? 'default' : 'primary'}
          variant={filter.outcome ? 'outlined' : 'filled'}
          label={t.view.all}
          onClick={() => change('outcome', undefined)}
        />
        {outcomes.filter(isOffered).map((outcome) => (
          <Chip
            key={outcome}
            clickable
            aria-pressed={filter.outcome === outcome}
            color={filter.outcome === outcome ? 'primary' : 'default'}
            variant={filter.outcome === outcome ? 'filled' : 'outlined'}
            label={`${t.share[outcome]} ${f.int(tallyOf(outcome))}`}
            onClick={() => change('outcome', filter.outcome === outcome ? undefined : outcome)}
          />
        ))}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <TextField
          size="small"
          type="search"
          label={t.items.text}
          value={typed ?? filter.text ?? ''}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setTyped(null)}
          slotProps={{ htmlInput: { maxLength: 200, spellCheck: false } }}
          sx={{ flex: '1 1 200px', maxWidth: { sm: 320 } }}
        />
        {select(
          'grade',
          t.items.grade,
          grades.map((grade) => [grade, t.grade[grade]] as const),
        )}
        {select(
          'kind',
          t.items.kind,
          itemKinds.map((kind) => [kind, t.kind[kind]] as const),
        )}
        {select(
          'code',
          t.items.code,
          offered.map((code) => [code, codeTitle(code)] as const),
        )}
      </Box>
      {active.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {active.map(([key, word]) => (
            <Chip
              key={key}
              size="small"
              label={word}
              aria-label={t.items.remove(word)}
              onClick={() => change(key, undefined)}
              onDelete={() => change(key, undefined)}
            />
          ))}
        </Box>
      )}
    </Box>
  );
}
