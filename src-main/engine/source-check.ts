import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import type { Live } from '../../src-shared/model/live.ts';
import type { Problem } from '../../src-shared/model/problem.ts';
import type { Source, SourceEntry } from '../source/source.ts';
import type { Control } from './control.ts';
import type { Slot } from './waits.ts';

/** What reading says when a share goes away under it, and also when a single file or folder does. */
const suspicious: ReadonlySet<Code> = new Set<Code>([
  'file-vanished',
  'folder-vanished',
  'file-unreadable',
  'folder-unreadable',
  'read-failed',
  'source-unreachable',
  'source-sign-in-refused',
]);

/** A share that went away hardly ever says so, and a share can hold a million files that nobody may read: not asked for each. */
const seldom: ReadonlySet<Code> = new Set<Code>(['file-unreadable', 'folder-unreadable']);
const SELDOM_MS = 1_000;

/**
 * A source that is there no more, but may be again: the server is started anew, the network comes back. Not a refused sign-in:
 * asking again and again locks the account.
 */
const passing: ReadonlySet<Code> = new Set<Code>(['source-missing', 'source-unreachable']);

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/** What a look at the source made of a problem: it is the item's own, it is to be tried again, or nothing more is to be done. */
export type Verdict = 'of-item' | 'again' | 'ends';

/**
 * Keeps a lost share from becoming thousands of vanished files: when reading fails, the root is looked at. If it is gone, whoever reads
 * waits here until it is back, for as long as the run is not stopped; if it is another one the unit ends.
 */
export class SourceCheck {
  readonly #source: Source;
  readonly #control: Control;
  readonly #now: () => number;
  readonly #fileId: string | undefined;
  #looking: Promise<boolean> | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #outages = 0;
  #away: Promise<void> | undefined;
  #waitsFor: Live['waitsFor'] = null;

  /** @param root as it was when the unit began */
  constructor(options: {
    readonly source: Source;
    readonly control: Control;
    readonly now: () => number;
    readonly root: SourceEntry;
  }) {
    this.#source = options.source;
    this.#control = options.control;
    this.#now = options.now;
    this.#fileId = options.root.fileId;
  }

  /** How often the source was away and came back. Work notes it as it begins, for {@link look}. */
  get outages(): number {
    return this.#outages;
  }

  /** That it is away, and since when, while it is. */
  get waitsFor(): Live['waitsFor'] {
    return this.#waitsFor;
  }

  /**
   * Looks whether a problem is one of the source, and waits while the source is away. Within `busy`.
   * @param began {@link outages} when the work began that met the problem: what failed in an outage says nothing about its item
   */
  async look(problem: Problem, began: number, slot: Slot): Promise<Verdict> {
    // Turned away by a pause or an end: says nothing about the source.
    if (problem.code === 'waiting-for-hours') return (await this.#control.mayGoOn(slot)) ? 'again' : 'ends';
    if (!suspicious.has(problem.code)) return 'of-item';
    while (began === this.#outages) {
      if (!this.#away) {
        const there = await this.#isThere(problem.code);
        if (this.#control.signal.aborted || (!there && this.#control.ending)) return 'ends';
        if (began !== this.#outages) break;
        // Somebody else has found it away meanwhile.
        if (there && !this.#away) return 'of-item';
      }
      this.#away ??= this.#untilBack().finally(() => {
        this.#away = undefined;
      });
      const back = this.#away;
      await slot.during('source-away', () => this.#control.aside(() => back));
      if (this.#control.ending) return 'ends';
    }
    return 'again';
  }

  /** By a look that was begun after the problem came; what was seen before may be older than the problem. */
  async #isThere(code: Code): Promise<boolean> {
    if (seldom.has(code) && !this.#looking && this.#now() - this.#lookedAt < SELDOM_MS) return true;
    if (this.#looking && !(await this.#looking)) return false;
    this.#looking ??= this.#probe().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #probe(): Promise<boolean> {
    const root = await this.#source.probe();
    this.#lookedAt = this.#now();
    if (!root.ok) {
      if (!passing.has(root.problem.code)) this.#control.fail(root.problem);
      return false;
    }
    if (!this.#isAnother(root.value)) return true;
    this.#control.fail({ code: 'source-changed-identity', where: this.#source.root });
    return false;
  }

  /** Once it is away, another folder in its place (the mount point without its share) is no end either: it may be mounted again. */
  async #untilBack(): Promise<void> {
    this.#waitsFor = { code: 'waiting-for-source', since: this.#now(), until: null };
    let pause = FIRST_PAUSE_MS;
    while (!this.#control.ending) {
      await this.#control.sleepBefore(pause);
      if (this.#control.ending) break;
      pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
      const root = await this.#source.probe();
      if (root.ok && !this.#isAnother(root.value)) {
        this.#outages += 1;
        break;
      }
      if (!root.ok && !passing.has(root.problem.code)) this.#control.fail(root.problem);
    }
    this.#waitsFor = null;
  }

  #isAnother({ fileId }: SourceEntry): boolean {
    return fileId !== undefined && this.#fileId !== undefined && fileId !== this.#fileId;
  }
}
