import { type Verdict, verdicts } from '../../../src-shared/rules/compare-copy.ts';
import type { Amount } from '../../engine/verification/tally.ts';
import type { Difference, Evidence } from '../../engine/verification/verification.ts';
import { bytes, count } from '../format.ts';
import { visible } from '../hostile-text.ts';
import { gradeWords } from '../words.ts';
import { issuesOf, type VerificationFacts, verificationSummary } from './verification-summary.ts';

export const verdictWords: Readonly<Record<Verdict, string>> = {
  ...gradeWords,
  changed: 'Changed there since',
};

const evidenceWords: Readonly<Record<Evidence, string>> = {
  listing: 'by the listing alone',
  'source-bytes': 'compared with the source byte by byte',
  'package-parts': 'compared with the source past what SharePoint rewrites',
  'recorded-hash': 'compared with the hash that was recorded: the source is gone or changed',
  opaque: 'read, and nothing could be said beyond the listing',
};

/** What came of a verification, for a terminal. No colours. */
export function verificationText(facts: VerificationFacts, first: readonly Difference[]): string {
  const { task, run, tally } = facts;
  const summary = verificationSummary(facts);
  const issues = issuesOf(tally);
  const lines = [
    `${visible(task.name)}, run ${run.number}, verified again: ${issues === 0 ? 'all is as it was copied' : 'not all is as it was copied'}`,
    '',
    `  looked at                ${amount(tally.looked)}, ${bytes(tally.looked.bytes)}`,
    ...verdicts
      .filter((verdict) => items(tally.byVerdict[verdict]) > 0)
      .map((verdict) => row(verdictWords[verdict], tally.byVerdict[verdict])),
  ];
  if (items(tally.moved) > 0)
    lines.push(`${row('Moved or renamed there', tally.moved)} (counted above as well)`);
  if (items(tally.touched) > 0)
    lines.push(`${row('Column or label changed', tally.touched)} (content as it was)`);
  lines.push('', ...remarks(facts));
  if (summary.noLongerComplete) {
    lines.push(`  Run ${run.number} was ${run.state}. What it copied is no longer all there as it was.`);
  }
  if (issues > 0) lines.push('', ...first.map(differenceText));
  if (issues > first.length && first.length > 0) lines.push('  ... all of them are in differences.csv');
  return `${lines.join('\n').trimEnd()}\n`;
}

function remarks({ tally, deep, others, leftThere, notAsked }: VerificationFacts): string[] {
  const lines: string[] = [];
  if (deep !== undefined) {
    const part =
      deep.share < 1 ? ` (${+(deep.share * 100).toFixed(4)} % of them, seed ${visible(deep.seed)})` : '';
    lines.push(`  read back: ${count(deep.read)} files${part}, ${bytes(deep.bytes)}`);
    for (const evidence of ['source-bytes', 'package-parts', 'recorded-hash', 'opaque'] as const) {
      const files = tally.byEvidence[evidence];
      if (files > 0) lines.push(`    ${count(files)} ${evidenceWords[evidence]}`);
    }
  }
  if (others > 0) lines.push(`  ${count(others)} items there are no copies of this task`);
  if (leftThere > 0)
    lines.push(`  ${count(leftThere)} files that the run left as they were there were not looked at`);
  if (notAsked > 0) lines.push(`  ${count(notAsked)} of the missing were not asked for one by one`);
  return lines;
}

export function differenceText(difference: Difference): string {
  const { path, verdict, moved, now, detail } = difference;
  const place = now === null ? '' : [now.folder ?? '(elsewhere)', now.name].filter(Boolean).join('/');
  const parts = [
    verdictWords[verdict].toLowerCase(),
    moved && `now ${visible(place)}`,
    detail !== '' && visible(detail),
  ];
  return `  ${visible(path)}: ${parts.filter(Boolean).join('; ')}`;
}

function row(words: string, what: Amount): string {
  return `  ${words.padEnd(24)} ${amount(what)}`;
}

function amount({ files, folders }: Amount): string {
  const parts = [`${count(files)} files`, folders > 0 && `${count(folders)} folders`];
  return parts.filter(Boolean).join(', ');
}

function items({ files, folders }: Amount): number {
  return files + folders;
}
