import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { runCommandLine } from './command-line.ts';
import type { Commands } from './commands.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

interface Said {
  out: string;
  err: string;
  code: ExitCode;
  called: { command: keyof Commands; options: unknown } | undefined;
}

/** Runs the command line with commands that only remember what they were asked. */
async function say(...args: readonly string[]): Promise<Said> {
  const said: Said = { out: '', err: '', code: 0, called: undefined };
  const terminal: Terminal = {
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.err += text) },
    env: {},
    signals: new EventEmitter(),
    platform: 'linux',
    home: '/home/eva',
    now: () => 0,
    exit: () => {
      throw new Error('exit');
    },
  };
  const remember = (command: keyof Commands) => async (options: unknown) => {
    said.called = { command, options };
    return 0 as const;
  };
  const commands = {
    assess: remember('assess'),
    copy: remember('copy'),
    verify: remember('verify'),
    'check-manifest': remember('check-manifest'),
    import: remember('import'),
    report: remember('report'),
    serve: remember('serve'),
    practice: remember('practice'),
    agent: remember('agent'),
    status: remember('status'),
    join: remember('join'),
    leave: remember('leave'),
    'sign-in': remember('sign-in'),
    'sign-out': remember('sign-out'),
    rekey: remember('rekey'),
    promote: remember('promote'),
    move: remember('move'),
    demote: remember('demote'),
    invite: remember('invite'),
    list: remember('list'),
    accept: remember('accept'),
    revoke: remember('revoke'),
  };
  said.code = await runCommandLine(args, '1.2.3', terminal, commands);
  return said;
}

test('copy is asked for what was said, with defaults for the rest', async () => {
  const { called, code } = await say('copy', '--source', '/srv/a', '--to', 'https://x/y', '--json');
  expect(code).toBe(0);
  expect(called).toEqual({
    command: 'copy',
    options: {
      source: '/srv/a',
      to: 'https://x/y',
      json: true,
      dryRun: false,
      filters: true,
      cloud: 'global',
    },
  });
});

test('copy keeps hashes, or no more, when that is said, and leaves it to the task otherwise', async () => {
  const copy = ['copy', '--source', '/srv/a', '--to', 'https://x/y'];
  for (const [words, keepHashes] of [
    [['--keep-hashes'], true],
    [['--no-keep-hashes'], false],
    [[], undefined],
  ] as const) {
    const { called } = await say(...copy, ...words);
    expect(called?.options).toEqual(expect.objectContaining(keepHashes === undefined ? {} : { keepHashes }));
    if (keepHashes === undefined) expect(called?.options).not.toHaveProperty('keepHashes');
  }
});

test('copy takes rules for conflicts, deletions and moves, and says what they can be', async () => {
  const copy = ['copy', '--source', '/a', '--to', 'https://x/y'] as const;
  const said = await say(
    ...copy,
    '--conflict',
    'keep-both',
    '--deletions',
    'recycle',
    '--moves',
    'copy',
    '--confirm-deletions',
    '41',
  );
  expect(said.called?.options).toMatchObject({
    conflict: 'keep-both',
    deletions: 'recycle',
    moves: 'copy',
    confirmDeletions: 41,
  });
  const wrong = await say(...copy, '--conflict', 'mine', '--confirm-deletions', 'yes', '--moves', 'x');
  expect(wrong.called).toBeUndefined();
  expect(wrong.err).toContain(
    '--conflict takes one of keep-theirs, skip, newer-wins, keep-both, replace; "mine" was given.',
  );
  expect(wrong.err).toContain('--moves takes one of follow, copy; "x" was given.');
  expect(wrong.err).toContain('--confirm-deletions takes the number of copies that may go');
});

test('practice takes its numbers', async () => {
  const { called } = await say('practice', '--files', '20', '--faults', '3', '--no-screen', '--seed', '7');
  expect(called?.options).toEqual({
    files: 20,
    faults: 3,
    screen: false,
    seed: '7',
    port: 0,
    fresh: false,
  });
});

test.each([
  [['--duplicates'], 1],
  [['--duplicates', '1000000'], 1_000_000],
])('assess %j looks for duplicates of at least %j bytes', async (words, duplicates) => {
  expect((await say('assess', '/srv/a', ...words)).called?.options).toHaveProperty('duplicates', duplicates);
});

test.each([
  [['--permissions'], 'folders'],
  [['--permissions', 'folders'], 'folders'],
  [['--permissions', 'files'], 'files'],
])('assess %j reads the rights of %s', async (words, permissions) => {
  expect((await say('assess', '/srv/a', ...words)).called).toMatchObject({ options: { permissions } });
});

test('assess reads the rights of folders and files, and of nothing else', async () => {
  const { called, err } = await say('assess', '/srv/a', '--permissions', 'all');
  expect(called).toBeUndefined();
  expect(err).toContain('--permissions takes folders or files; "all" was given.');
});

test('assess takes its source as a word of its own, and needs nothing else', async () => {
  expect((await say('assess', '/srv/a', '--html', 'x.html')).called).toEqual({
    command: 'assess',
    options: {
      source: '/srv/a',
      html: 'x.html',
      permissions: 'off',
      json: false,
      filters: true,
      cloud: 'global',
    },
  });
  const { code, err } = await say('assess');
  expect(code).toBe(2);
  expect(err).toContain('source');
});

test('verify takes a part in per cent', async () => {
  const { called } = await say('verify', '--deep', '--sample', '0.5%', '--seed', 'x');
  expect(called?.options).toEqual({ deep: true, sample: 0.005, seed: 'x', json: false, cloud: 'global' });
  expect((await say('verify', '--sample', '101%')).err).toContain(
    '--sample takes a part of all files, e.g. 5%',
  );
});

test.each([
  [['copy', '--to', 'https://x'], '--source'],
  [['copy', '--source', '/x'], '--to'],
  [['copy', '--source', '/x', '--to', 'https://x', '--speed', '9'], '--speed'],
  [['copy', '--source', '', '--to', 'https://x'], '--source'],
  [['practice', '--files', 'many'], '--files'],
  [['serve', '--port', '70000'], '--port'],
  [['practise'], 'practise'],
])('%j is wrong usage, and what is wrong is named', async (args, named) => {
  const { code, err, out, called } = await say(...args);
  expect(code).toBe(2);
  expect(err).toContain(named);
  expect(out).toBe('');
  expect(called).toBeUndefined();
});

test.each([
  [['--files', 'many'], '--files takes a whole number from 1 to 1,000,000; "many" was given.'],
  [['--files', '0'], '--files takes a whole number from 1 to 1,000,000; "0" was given.'],
  [['--files', ''], '--files takes a whole number from 1 to 1,000,000; "" was given.'],
  [['--port', '70000'], '--port takes a whole number from 0 to 65,535; "70000" was given.'],
  [['--faults', '51'], '--faults takes a number from 0 to 50; "51" was given.'],
  [['--seed', ''], '--seed takes a text of 1 to 32,767 characters; "" was given.'],
])('%j: one sentence says the option, what was given, and what it takes', async (args, sentence) => {
  const { code, err } = await say('practice', ...args);
  expect(code).toBe(2);
  expect(err).toBe(`${sentence}\n`);
});

test('what a command misses is told with where its help is', async () => {
  expect((await say('copy', '--source', '/x')).err).toContain('convoy copy --help');
  expect((await say('assess')).err).toContain('convoy assess --help');
});

test('an address longer than any is told before it is used, and shown in part', async () => {
  const { code, err } = await say('copy', '--source', '/x', '--to', `https://x/${'y'.repeat(3_000)}`);
  expect(code).toBe(2);
  expect(err).toContain('--to takes a text of 1 to 2,048 characters; "https://x/yyy');
  expect(err.length).toBeLessThan(200);
});

test('help shows examples and every exit code, and is no mistake', async () => {
  const { code, out } = await say('--help');
  expect(code).toBe(0);
  expect(out).toContain('convoy copy --source');
  for (const exit of [0, 1, 2, 3, 4]) expect(out).toMatch(new RegExp(`^  ${exit}  `, 'm'));
  for (const command of [
    'assess',
    'copy',
    'import',
    'verify',
    'check-manifest',
    'report',
    'serve',
    'practice',
  ]) {
    expect((await say(command, '--help')).out).toContain('Exit codes:');
  }
});

test('the version is that of the product', async () => {
  expect((await say('--version')).out).toBe('1.2.3\n');
});

test('a report is asked for what was said', async () => {
  const nothing = { kind: 'tasks', allRuns: false, json: false };
  expect((await say('report')).called).toEqual({ command: 'report', options: nothing });
  const said = ['items', '--task', 'A', 'B', '--format', 'xlsx', '--out', 'x', '--all-runs'];
  expect((await say('report', ...said)).called?.options).toEqual({
    ...{ ...nothing, kind: 'items', allRuns: true },
    ...{ task: ['A', 'B'], format: 'xlsx', out: 'x' },
  });
  expect((await say('report', 'secrets')).err).toContain('takes one of tasks, runs, items');
});

test('nothing said shows the help', async () => {
  const { code, err } = await say();
  expect(code).toBe(2);
  expect(err).toContain('Usage: convoy');
});

test('the commands of a fleet are asked for what was said', async () => {
  for (const [words, command, options] of [
    [['fleet', 'promote'], 'promote', { json: false }],
    [
      ['fleet', 'promote', '--port', '9000', '--address', 'a.example, 10.0.0.5', '--listen', '10.0.0.5'],
      'promote',
      { port: 9_000, address: ['a.example', '10.0.0.5'], listen: '10.0.0.5', json: false },
    ],
    [['fleet', 'invite', '--accept', '--minutes', '5'], 'invite', { accept: true, minutes: 5, json: false }],
    [['fleet', 'accept', 'PC-7', '--json'], 'accept', { machine: 'PC-7', json: true }],
    [['fleet', 'revoke', 'PC-7'], 'revoke', { machine: 'PC-7', json: false }],
    [['fleet', 'demote', '--force'], 'demote', { force: true, json: false }],
    [
      ['fleet', 'move', '--to', 'PC-7', '--port', '0', '--address', 'a, b'],
      'move',
      { to: 'PC-7', port: 0, address: ['a', 'b'], json: false },
    ],
    [
      ['sign-in', '--device-code', '--tenant', 'contoso.com', '--no-browser'],
      'sign-in',
      { deviceCode: true, tenant: 'contoso.com', browser: false, json: false },
    ],
    [['sign-out', '--json'], 'sign-out', { json: true }],
    [
      ['join', 'convoy-join:x', '--no-wait'],
      'join',
      { invitation: 'convoy-join:x', wait: false, json: false },
    ],
    [['status', '--watch'], 'status', { watch: true, json: false }],
    [['agent', '--data', '/d'], 'agent', { data: '/d', cloud: 'global' }],
  ] as const) {
    const { called, code } = await say(...words);
    expect(code).toBe(0);
    expect(called).toEqual({ command, options });
  }
});

test('the commands of a fleet say what they take, and teach', async () => {
  expect((await say('fleet', 'invite', '--minutes', '99999')).err).toContain(
    'a whole number from 1 to 10,080',
  );
  expect((await say('fleet', 'promote', '--address', 'a b')).err).toContain('up to 8 names or addresses');
  expect((await say('fleet', 'accept')).code).toBe(2);
  const help = await say('fleet', '--help');
  expect(help.code).toBe(0);
  for (const word of ['promote', 'invite', 'list', 'accept', 'revoke', 'move', 'demote', 'Examples'])
    expect(help.out).toContain(word);
});
