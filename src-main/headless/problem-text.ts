import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { Problem } from '../../src-shared/model/problem.ts';
import { visible } from '../report/hostile-text.ts';

/** A problem for a terminal: what (with its code), where, why, and what to do about it. */
export function problemText(problem: Problem): string {
  const { title, cause, remedy } = lookUp(problem.code);
  const lines = [
    `${title} (${problem.code})`,
    ...(problem.where === undefined ? [] : [`  where   ${visible(problem.where)}`]),
    `  cause   ${cause}`,
    `  remedy  ${remedy}`,
    ...(problem.detail === undefined ? [] : [`  detail  ${linesOf(problem.detail)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Where there is much to say, it comes a line each. */
function linesOf(detail: string): string {
  return detail.split('\n').map(visible).join('\n          ');
}
