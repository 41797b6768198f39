import type { Beat } from '../../../src-shared/contract/fleet.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import type { AgentClock, UnitOpeners } from './openers.ts';
import { isPassing } from './passing.ts';

/** How often a source that is away is looked for while no unit waits for it here. */
const LOOK_AGAIN_MS = 30_000;
/** What asking again would make worse (an account that gets locked) or no better is forgotten after this time, and tried by a unit. */
const FORGET_MS = 10 * 60_000;

interface Away {
  readonly task: Task;
  readonly code: Problem['code'];
  readonly since: number;
  lookedAt: number;
}

/** The sources that this machine cannot reach, for the coordinator to know to whom it can give their units. */
export class SourcesAway {
  readonly #away = new Map<string, Away>();
  readonly #clock: Pick<AgentClock, 'now'>;
  readonly #openers: Pick<UnitOpeners, 'openSource'>;
  readonly #onBug: (error: unknown) => void;

  constructor(parts: {
    readonly clock: Pick<AgentClock, 'now'>;
    readonly openers: Pick<UnitOpeners, 'openSource'>;
    readonly onBug: (error: unknown) => void;
  }) {
    this.#clock = parts.clock;
    this.#openers = parts.openers;
    this.#onBug = parts.onBug;
  }

  /** A unit has tried to open the source of its task. @param problem undefined: it is open */
  note(task: Task, problem: Problem | undefined): void {
    if (problem === undefined) {
      this.#away.delete(task.id);
      return;
    }
    const now = this.#clock.now();
    const since = this.#away.get(task.id)?.since ?? now;
    this.#away.set(task.id, { task, code: problem.code, since, lookedAt: now });
  }

  told(): NonNullable<Beat['sourcesAway']> {
    return [...this.#away.values()].map(({ task, code, since }) => ({ task: task.id, code, since }));
  }

  /** To be called with each beat: looks for those that nobody here waits for. @param waiting tasks of which a unit is held */
  look(waiting: ReadonlySet<string>): void {
    const now = this.#clock.now();
    for (const away of this.#away.values()) {
      if (waiting.has(away.task.id)) continue;
      if (!isPassing(away.code)) {
        if (now - away.lookedAt >= FORGET_MS) this.#away.delete(away.task.id);
      } else if (now - away.lookedAt >= LOOK_AGAIN_MS) {
        away.lookedAt = now;
        this.#probe(away).catch(this.#onBug);
      }
    }
  }

  async #probe({ task }: Away): Promise<void> {
    const source = await this.#openers.openSource(task);
    if (!this.#away.has(task.id)) return source.ok ? source.value.close() : undefined;
    this.note(task, source.ok ? undefined : source.problem);
    if (source.ok) await source.value.close();
  }
}
