import { lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import type { SignInAttempt, SignInView } from '../../../src-shared/contract/sign-in.ts';
import { visible } from '../../report/hostile-text.ts';

/** Who is signed in, on one line. */
export function signedInText({ state, origin, who, problem }: SignInView): string {
  if (who === null) return problem === null ? 'nobody (convoy sign-in)' : titleOf(problem.code);
  const name = who.name === null ? visible(who.account) : `${visible(who.name)} (${visible(who.account)})`;
  const as = who.kind === 'app' ? `the app ${name}` : name;
  const from = origin === 'given' ? ', by options or variables' : '';
  const text = `${as}, organisation ${visible(who.tenant)}, cloud ${visible(who.cloud)}${from}`;
  if (state === 'needed') return `${text}; has to sign in again: convoy sign-in`;
  return problem === null ? text : `${text}; ${titleOf(problem.code)}`;
}

/** What the person is to do now. */
export function attemptText({ how, address, code }: SignInAttempt, opened: boolean): string {
  if (how === 'device-code')
    return `On any device, open\n  ${address ?? ''}\nand type the code\n  ${code ?? ''}\n`;
  const first = opened
    ? 'The browser shows the sign-in page. If it does not, open this in a browser of this computer:'
    : 'Open this in a browser of this computer, and sign in there:';
  return `${first}\n  ${address ?? ''}\nWithout a browser here: convoy sign-in --device-code\n`;
}

function titleOf(code: NonNullable<SignInView['problem']>['code']): string {
  return lookUp(code).title;
}
