import { describe, expect, it } from 'vitest';
import { parseFilter } from './odata-filter.ts';
import { at, list, startBench, text } from './test-support.ts';

const SID = 'S-1-5-21-1004336348-1177238915-682003330-1104';

describe('users and groups', () => {
  it('are found by their Windows SID, which is shown only when asked for', async () => {
    const { graph } = await startBench();
    const filter = encodeURIComponent(`onPremisesSecurityIdentifier eq '${SID}'`);
    const bare = await graph('GET', `/users?$filter=${filter}`);
    expect(list(bare.json)).toHaveLength(1);
    expect(at(bare.json, 'value.0.onPremisesSecurityIdentifier')).toBeUndefined();
    const full = await graph(
      'GET',
      `/users?$filter=${filter}&$select=id,onPremisesSecurityIdentifier,accountEnabled`,
    );
    expect(at(full.json, 'value.0')).toEqual({
      id: text(bare.json, 'value.0.id'),
      onPremisesSecurityIdentifier: SID,
      accountEnabled: true,
    });
    const group = await graph(
      'GET',
      `/groups?$filter=${encodeURIComponent(`onPremisesSecurityIdentifier eq '${SID.replace(/1104$/, '1201')}'`)}`,
    );
    expect(at(group.json, 'value.0.displayName')).toBe('Finance');
  });

  it('want ConsistencyLevel and $count for advanced filters', async () => {
    const { graph } = await startBench();
    const path = `/users?$filter=${encodeURIComponent("onPremisesSamAccountName eq 'ALICE'")}`;
    expect((await graph('GET', path)).status).toBe(400);
    expect((await graph('GET', `${path}&$count=true`)).status).toBe(400);
    const answer = await graph('GET', `${path}&$count=true`, undefined, { ConsistencyLevel: 'eventual' });
    expect([answer.status, list(answer.json).length]).toEqual([200, 1]);
    expect((await graph('GET', '/users?$filter=nonsense')).status).toBe(400);
  });

  it('come one by one, and in pages', async () => {
    const { graph } = await startBench();
    const alice = await graph('GET', '/users/ALICE@contoso.example');
    expect(at(alice.json, 'displayName')).toBe('Alice Adams');
    expect((await graph('GET', `/users/${text(alice.json, 'id')}`)).status).toBe(200);
    expect((await graph('GET', '/users/none')).status).toBe(404);
    const first = await graph('GET', '/users?$top=2&$select=userPrincipalName');
    expect(list(first.json)).toHaveLength(2);
    expect(Object.keys(first.json ?? {})).toContain('@odata.nextLink');
    expect((await graph('GET', '/users?$top=1000')).status).toBe(400);
  });
});

describe('$filter', () => {
  const record = {
    mail: "o'neil@x.com",
    tags: ['smtp:a@x', 'b'],
    on: true,
    sid: null,
    displayName: 'Finance Team',
  };
  it.each([
    ["mail eq 'O''NEIL@x.com'", true],
    ['on eq true and sid eq null', true],
    ["mail eq 'no' or (on eq true and not(sid eq 'x'))", true],
    ["mail in ('a','o''neil@x.com')", true],
    ["startsWith(displayName,'fin')", true],
    ["endsWith(displayName,'fin')", false],
    ["tags/any(t:t eq 'SMTP:A@x')", true],
    ["mail ne 'x'", true],
  ])('%s is %s', (text, expected) => {
    expect(parseFilter(text)?.test(record)).toBe(expected);
  });

  it.each([
    'mail',
    'mail eq',
    "mail eq 'x' and",
    "mail like 'x'",
    "in ('a')",
    `mail in (${"'a',".repeat(15)}'a')`,
  ])('does not understand %s', (text) => {
    expect(parseFilter(text)).toBeUndefined();
  });
});
