import { expect, it } from 'vitest';
import { ok } from '../../../src-shared/model/problem.ts';
import type { TokenSource } from '../../tenant/token-source.ts';
import { SignInBudgets } from './sign-in-budgets.ts';
import type { Time } from './time.ts';

const tokensOf = (tenant: string, account: string, more: Partial<TokenSource> = {}): TokenSource => ({
  who: { tenant, account },
  token: async () => ok('token'),
  ...more,
});

function stage() {
  const clock = { now: 1_000_000 };
  const time: Time = { now: () => clock.now, random: () => 0, sleep: async () => undefined };
  return { clock, time, budgets: new SignInBudgets() };
}

it('is one for each sign-in, whoever holds its tokens, in upper and lower case alike', () => {
  const { time, budgets } = stage();
  const app = budgets.of(tokensOf('Contoso', 'App-1'), time);
  expect(budgets.of(tokensOf('contoso', 'app-1'), time)).toBe(app);
  expect(app.payer).toEqual({ tenant: 'contoso', app: 'app-1' });
  const person = budgets.of(tokensOf('contoso', 'ann@contoso', { asPerson: true, app: 'app-1' }), time);
  expect(person.payer).toEqual({ tenant: 'contoso', app: 'app-1', person: 'ann@contoso' });
  expect(budgets.all()).toHaveLength(2);
});

it('closes the gates of a tenant that is frozen, also of those who sign in later, and no others', () => {
  const { clock, time, budgets } = stage();
  const [here, elsewhere] = [
    budgets.of(tokensOf('contoso', 'one'), time),
    budgets.of(tokensOf('fabrikam', 'one'), time),
  ];
  budgets.freeze({ tenant: 'contoso', number: 1, forMs: 10_000 }, clock.now);
  expect(here.gate.closedUntil).toBe(1_010_020);
  expect(elsewhere.gate.closedUntil).toBeNull();
  clock.now += 4_000;
  expect(budgets.of(tokensOf('contoso', 'two'), time).gate.closedUntil).toBe(1_010_020);
  clock.now += 7_000;
  expect(budgets.of(tokensOf('contoso', 'three'), time).gate.closedUntil).toBeNull();
});

it('is not drawn out by an order that is told again, and tells nobody of orders that came from elsewhere', () => {
  const { clock, time, budgets } = stage();
  const { gate } = budgets.of(tokensOf('contoso', 'one'), time);
  let told = 0;
  budgets.onRefused = () => {
    told += 1;
  };
  budgets.freeze({ tenant: 'contoso', number: 1, forMs: 10_000 }, clock.now);
  clock.now += 1_000;
  budgets.freeze({ tenant: 'contoso', number: 1, forMs: 9_900 }, clock.now);
  expect([gate.closedUntil, gate.refusal, told]).toEqual([1_010_020, undefined, 0]);
  budgets.freeze({ tenant: 'contoso', number: 2, forMs: 12_000 }, clock.now);
  expect(gate.closedUntil).toBe(1_013_020);
  gate.close(20_000);
  expect([gate.refusal, told]).toEqual([{ number: 1, forMs: 20_000 }, 1]);
});
