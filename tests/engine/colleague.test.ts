import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { integerBetween, pick, type Random, seededRandom } from '../../src-practice/random.ts';
import type { TreeEntry } from '../../src-practice/tenant/control-contract.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { conflictRules, type TaskSettings } from '../../src-shared/model/settings.ts';
import { QuickXorHash } from '../../src-shared/rules/quick-xor-hash.ts';
import { full, seed } from '../support/seed.ts';
import { type PracticeRig, practiceRig } from './practice-rig.ts';

/**
 * The law of what others write: a colleague edits, renames, deletes and adds at the destination, between runs and while they go on, and
 * the source changes as well. Nothing that the colleague wrote is ever lost: it is there as it was written, or, only where the rule lets
 * ours go over it, it is a version of the item that we said we wrote over.
 */

const FOLDER = 'engine';
const FOLDERS = ['', 'reports/', 'reports/old/', 'plans/'];
const RUNS = 4;
const FILES = 16;
/** Contents are told apart by their sizes: those of the colleague begin here, and no two are the same. */
const COLLEAGUES_SIZES = 5_000;

/** Rules that let ours go over what somebody wrote. */
const OVER: readonly TaskSettings['conflict'][] = ['replace', 'newer-wins'];

const cases = conflictRules.flatMap((conflict) =>
  Array.from({ length: full(20, 1) }, (_, n) => ({ conflict, seed: `colleague ${seed} ${n}` })),
);

it.each(cases)(
  'nothing that a colleague writes is lost: $conflict, $seed',
  async ({ conflict, seed: own }) => {
    const random = seededRandom(`${own} ${conflict}`);
    const rig = await practiceRig({ seed: own });
    try {
      const source = new ChangingSource(join(rig.folder, 'share'), random);
      await source.fill();
      const colleague = new Colleague(rig, random);
      for (let run = 0; run < RUNS; run++) {
        const before = colleague.written.size;
        const { end, counts } = await rig.run(
          run,
          source.root,
          { conflict, deletions: random() < 0.7 ? 'recycle' : 'list', confirmedDeletions: 1_000 },
          async (unit) => {
            for (let i = 0; i < 6 && unit.state !== 'ended'; i++) {
              await pause(integerBetween(random, 0, 25));
              await colleague.act();
            }
          },
        );
        expect(end).toEqual({ how: 'done' });
        expect(addsUp(counts, true)).toBe(true);
        const over = await colleague.findOverwritten();
        if (!OVER.includes(conflict)) expect(over).toBe(0);
        expect(counts.byCode['replaced-at-destination']?.items ?? 0, 'each is told').toBeGreaterThanOrEqual(
          over,
        );
        expect(colleague.written.size).toBeGreaterThanOrEqual(Math.min(before, 1));
        for (let i = 0; i < 5; i++) await colleague.act();
        await source.change();
      }
    } finally {
      await rig.end();
    }
  },
  180_000,
);

/** A folder whose files are edited, added, renamed and deleted. */
class ChangingSource {
  readonly root: string;
  readonly #random: Random;
  readonly #files = new Map<string, number>();
  #last = 0;

  constructor(root: string, random: Random) {
    this.root = root;
    this.#random = random;
  }

  async fill(): Promise<void> {
    for (let i = 0; i < FILES; i++) await this.#write(`${pick(this.#random, FOLDERS)}file ${i}.txt`);
  }

  async change(): Promise<void> {
    for (let i = 0; i < 6; i++) {
      const path = pick(this.#random, [...this.#files.keys()]);
      const dice = this.#random();
      if (dice < 0.5) await this.#write(path);
      else if (dice < 0.7) await this.#write(`${pick(this.#random, FOLDERS)}new ${i} ${this.#last}.txt`);
      else if (this.#files.size > 4 && dice < 0.85) {
        await rm(join(this.root, path));
        this.#files.delete(path);
      } else {
        const to = `${pick(this.#random, FOLDERS)}moved ${this.#last++}.txt`;
        await mkdir(dirname(join(this.root, to)), { recursive: true });
        await rename(join(this.root, path), join(this.root, to));
        this.#files.set(to, this.#files.get(path) ?? 0);
        this.#files.delete(path);
      }
    }
  }

  async #write(path: string): Promise<void> {
    const full = join(this.root, path);
    this.#last += 1;
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, 's'.repeat(100 + this.#last));
    // Some edits of the colleague are older than this, some newer.
    const at = Date.UTC(2026, 0, 1) / 1_000 + this.#last * 60;
    await utimes(full, at, at);
    this.#files.set(path, this.#last);
  }
}

interface Written {
  readonly size: number;
  readonly hash: string;
}

/** Works at the destination, and remembers what must still be there. */
class Colleague {
  /** What the colleague last wrote to an item, by its id. */
  readonly written = new Map<string, Written>();
  readonly #rig: PracticeRig;
  readonly #random: Random;
  #last = 0;

  constructor(rig: PracticeRig, random: Random) {
    this.#rig = rig;
    this.#random = random;
  }

  async act(): Promise<void> {
    const there = [...(await this.#rig.stored()).values()];
    const files = there.filter(({ kind }) => kind === 'file');
    const dice = this.#random();
    const { drive } = this.#rig.graph;
    const chosen = files.length > 0 ? pick(this.#random, files) : undefined;
    if (!chosen || dice < 0.25) {
      return this.#write(
        `${FOLDER}/${pick(this.#random, FOLDERS)}file ${integerBetween(this.#random, 0, 30)}.txt`,
      );
    }
    if (dice < 0.65) return this.#write(chosen.path.slice(1));
    const at = { drive, path: chosen.path.slice(1) };
    if (dice < 0.85) {
      await this.#try({ action: 'rename', ...at, to: `renamed ${++this.#last}.txt` });
    } else if (await this.#try({ action: 'delete', ...at })) this.written.delete(chosen.id);
  }

  async #write(path: string): Promise<void> {
    const content = Buffer.alloc(COLLEAGUES_SIZES + ++this.#last, 'c');
    const modified = new Date(
      Date.UTC(2026, 0, 1) + integerBetween(this.#random, -60, 120) * 60_000,
    ).toISOString();
    const { drive, tenant } = this.#rig.graph;
    const bytes = content.toString('base64');
    const id = await tenant.control.act({ action: 'edit', drive, path, bytes, modified });
    this.written.set(id, { size: content.length, hash: new QuickXorHash().update(content).toBase64() });
  }

  /** What is gone by the time that it is acted on, is gone. */
  async #try(action: Parameters<PracticeRig['graph']['tenant']['control']['act']>[0]): Promise<boolean> {
    return this.#rig.graph.tenant.control.act(action).then(
      () => true,
      () => false,
    );
  }

  /**
   * Everything that was written is still there, as it was or as a version of its item.
   * @returns how many are only versions by now
   */
  async findOverwritten(): Promise<number> {
    const there = new Map<string, TreeEntry>();
    for (const entry of (await this.#rig.stored()).values()) there.set(entry.id, entry);
    let overwritten = 0;
    for (const [id, { size, hash }] of this.written) {
      const entry = there.get(id);
      expect(entry, `an item with ${size} bytes of the colleague is gone`).toBeDefined();
      if (entry?.quickXor === hash) continue;
      overwritten += 1;
      expect(await this.#versions(id), `${entry?.path} was written over`).toContain(size);
      this.written.delete(id);
    }
    return overwritten;
  }

  async #versions(id: string): Promise<readonly number[]> {
    const { tenant, drive } = this.#rig.graph;
    const url = `${tenant.cloud.graph}/drives/${drive}/items/${id}/versions`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${await tenant.control.token()}` } });
    const { value } = z.object({ value: z.array(z.object({ size: z.number() })) }).parse(await answer.json());
    return value.map((version) => version.size);
  }
}
