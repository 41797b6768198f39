/** How a beat stands to those before it. */
export type BeatOrder =
  /** The first of this session: the agent started, or this coordinator did. */
  | 'first'
  /** The first of another session: the agent started again, what it held it holds no more. */
  | 'restarted'
  | 'next'
  /** Overtaken by a later beat of its session: it tells what is no longer so. */
  | 'overtaken'
  /** Of a session that was replaced: a process that should not be there any more. */
  | 'replaced';

interface Known {
  readonly session: string;
  readonly number: number;
  readonly replaced: ReadonlySet<string>;
}

/**
 * Puts the beats of each machine in order. In memory only: after a restart of the coordinator, the first session
 * that speaks is believed, and the epochs keep what matters.
 */
export class Sessions {
  readonly #known = new Map<string, Known>();

  /** Notes a beat and says how it stands. The same number twice is `next`: a doubled beat does no harm. */
  note(beat: { readonly machine: string; readonly session: string; readonly number: number }): BeatOrder {
    const known = this.#known.get(beat.machine);
    if (known?.replaced.has(beat.session)) return 'replaced';
    if (known?.session === beat.session) {
      if (beat.number < known.number) return 'overtaken';
      this.#known.set(beat.machine, { ...known, number: beat.number });
      return 'next';
    }
    const replaced = new Set(known?.replaced);
    if (known) replaced.add(known.session);
    this.#known.set(beat.machine, { session: beat.session, number: beat.number, replaced });
    return known ? 'restarted' : 'first';
  }
  /** Whether a beat is simply the one after those before it: not the first of its session, not doubled, not overtaken. */
  isNext(beat: { readonly machine: string; readonly session: string; readonly number: number }): boolean {
    const known = this.#known.get(beat.machine);
    return known?.session === beat.session && beat.number > known.number;
  }
}
