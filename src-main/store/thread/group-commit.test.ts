import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { testFolder } from '../test-folder.ts';
import { GroupCommit, type Served } from './group-commit.ts';
import type { ThreadAnswer, ToThread } from './procedures.ts';
import { fromWire } from './wire-error.ts';

type Call = Extract<ToThread, { to: 'call' }>;

function rig(options: { readonly maxPages?: number } = {}) {
  const file = join(testFolder(), 'group.db');
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE line (text TEXT NOT NULL)');
  if (options.maxPages !== undefined) database.pragma(`max_page_count = ${options.maxPages}`);
  const add = database.prepare('INSERT INTO line (text) VALUES (?)');
  let commits = 0;
  let memory: string[] = [];
  let pending: string[] = [];
  const procedures = {
    add(text: string): number {
      add.run(text);
      pending.push(text);
      return memory.length + pending.length;
    },
    addAndFail(text: string): void {
      add.run(text);
      pending.push(text);
      throw new ProblemError({ code: 'not-found', where: text });
    },
    meetDamage(): void {
      throw Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' });
    },
  };
  const served: Served<typeof procedures> = {
    procedures,
    beforeCommit: () => undefined,
    callDone() {
      memory.push(...pending);
      pending = [];
    },
    callUndone() {
      pending = [];
    },
    committed() {
      commits += 1;
    },
    groupUndone() {
      pending = [];
      memory = lines();
    },
  };
  const lines = (): string[] =>
    database.prepare<[], string>('SELECT text FROM line ORDER BY rowid').pluck().all();
  const group = new GroupCommit(database, file, served);
  const run = (calls: readonly ToThread[]) => {
    const rest = [...calls];
    const answers: ThreadAnswer[] = [];
    const first = rest.shift();
    if (first?.to !== 'call') throw new Error('begin with a call');
    const left = group.run(
      first,
      () => rest.shift(),
      (some) => answers.push(...some),
    );
    return { answers, left, rest };
  };
  return { run, file, lines, memory: () => memory, commits: () => commits };
}

function call(id: number, name: string, ...args: unknown[]): Call {
  return { to: 'call', id, name, args };
}

describe('group commit', () => {
  it('commits once for all calls that wait, and answers in order', () => {
    const { run, commits } = rig();
    const { answers } = run([call(1, 'add', 'a'), call(2, 'add', 'b'), call(3, 'add', 'c')]);
    expect(commits()).toBe(1);
    expect(answers).toEqual([1, 2, 3].map((n) => ({ id: n, ok: true, value: n })));
  });

  it('takes back a call that fails, and nothing else', () => {
    const { run, lines, memory } = rig();
    const { answers } = run([call(1, 'add', 'a'), call(2, 'addAndFail', 'b'), call(3, 'add', 'c')]);
    expect(lines()).toEqual(['a', 'c']);
    expect(memory()).toEqual(['a', 'c']);
    const failed = answers[1];
    expect(failed?.ok).toBe(false);
    const error = failed?.ok === false ? fromWire(failed.error) : undefined;
    expect(error).toBeInstanceOf(ProblemError);
    expect(error instanceof ProblemError && error.problem).toEqual({ code: 'not-found', where: 'b' });
    expect(error?.stack).toContain('addAndFail');
  });

  it('ends a group after 2,000 rows', () => {
    const { run, lines } = rig();
    const { rest } = run(Array.from({ length: 2_200 }, (_, i) => call(i, 'add', 'x')));
    expect(lines()).toHaveLength(2_000);
    expect(rest).toHaveLength(200);
  });

  it('hands back what is not a call', () => {
    const { left, answers } = rig().run([call(1, 'add', 'a'), { to: 'close' }, call(2, 'add', 'b')]);
    expect(left).toEqual({ to: 'close' });
    expect(answers).toHaveLength(1);
  });

  it('says that it met damage also where it cannot mark the file for its next opening', () => {
    const { run, file, lines } = rig();
    // Something else has the name of the mark.
    mkdirSync(`${file}.suspect`);
    const { answers } = run([call(1, 'add', 'a'), call(2, 'meetDamage'), call(3, 'add', 'b')]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
    const damage = answers[1];
    const error = damage?.ok === false ? fromWire(damage.error) : undefined;
    expect(error instanceof ProblemError && error.problem).toMatchObject({
      code: 'store-corrupt',
      where: file,
      detail: expect.stringMatching(/SQLITE_CORRUPT: malformed.*EISDIR|SQLITE_CORRUPT: malformed.*EPERM/s),
    });
    expect(lines()).toEqual(['a', 'b']);
  });

  it('saves what fits when the disk is full, and says store-disk-full of what does not', () => {
    const { run, lines, memory } = rig({ maxPages: 10 });
    const big = 'x'.repeat(20_000);
    const { answers, rest } = run([
      call(1, 'add', 'a'),
      call(2, 'add', big),
      call(3, 'add', big),
      call(4, 'add', 'z'),
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
    const full = answers[2];
    const error = full?.ok === false ? fromWire(full.error) : undefined;
    expect(error instanceof ProblemError && error.problem.code).toBe('store-disk-full');
    expect(lines()).toEqual(['a', big]);
    run(rest);
    expect(lines()).toEqual(['a', big, 'z']);
    expect(memory()).toEqual(['a', big, 'z']);
  });
});
