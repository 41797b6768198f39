import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import type { Problem } from '../../src-shared/model/problem.ts';
import type { Source, SourceEntry } from '../source/source.ts';
import type { Control } from './control.ts';

/** What reading says when a share goes away under it, and also when a single file does. */
const suspicious: ReadonlySet<Code> = new Set<Code>([
  'file-vanished',
  'folder-vanished',
  'file-unreadable',
  'folder-unreadable',
  'read-failed',
  'source-unreachable',
  'source-sign-in-refused',
]);

const AT_MOST_EVERY_MS = 1_000;

/**
 * Keeps a lost share from becoming thousands of vanished files: when reading fails, the root is looked at, and if
 * it is gone or another one the unit ends.
 */
export class SourceCheck {
  readonly #source: Source;
  readonly #control: Control;
  readonly #now: () => number;
  readonly #fileId: string | undefined;
  #looking: Promise<void> | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;

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

  async look(problem: Problem): Promise<void> {
    if (!suspicious.has(problem.code)) return;
    if (!this.#looking && this.#now() - this.#lookedAt < AT_MOST_EVERY_MS) return;
    this.#looking ??= this.#probe().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  async #probe(): Promise<void> {
    const root = await this.#source.probe();
    this.#lookedAt = this.#now();
    if (!root.ok) this.#control.fail({ ...root.problem, code: 'source-missing' });
    else if (this.#isAnother(root.value)) {
      this.#control.fail({ code: 'source-changed-identity', where: this.#source.root });
    }
  }

  #isAnother({ fileId }: SourceEntry): boolean {
    return fileId !== undefined && this.#fileId !== undefined && fileId !== this.#fileId;
  }
}
