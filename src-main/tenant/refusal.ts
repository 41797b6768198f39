import { failed, type Result } from '../../src-shared/model/problem.ts';
import { codeOfRefusal } from '../../src-shared/rules/aadsts.ts';
import type { SignInNetwork } from './sign-in-network.ts';

/** No longer than the first line: what follows it are trace ids, which are in the detail already. */
const LONGEST_DETAIL = 600;

/** Who said no: Entra (with its AADSTS code), or the way to it. */
export function explainRefusal(error: unknown, network: SignInNetwork, host: string): Result<never> {
  const said = error instanceof Error ? error.message : String(error);
  const { trouble } = network;
  const aadsts = [said, trouble?.detail ?? ''].find((text) => /AADSTS\d+/.test(text));
  if (aadsts !== undefined) return refusalOf(aadsts, host);
  if (trouble !== undefined && trouble.kind !== 'refused') {
    return failed('sign-in-unreachable', { where: trouble.host, detail: trouble.detail });
  }
  return failed('sign-in-refused', { where: host, detail: said.slice(0, LONGEST_DETAIL) });
}

/** A refusal in the words of Entra. */
export function refusalOf(said: string, host: string): Result<never> {
  return failed(codeOfRefusal(said), { where: host, detail: refusalDetail(said) });
}

/** From the AADSTS code on, no further than its line. */
export function refusalDetail(said: string): string {
  const from = Math.max(0, said.search(/AADSTS\d+/));
  return said.slice(from).split(/\r?\n/, 1).join('').slice(0, LONGEST_DETAIL);
}
