import { type Beat, type BeatAnswer, FLEET_PROTOCOL } from '../../../src-shared/contract/fleet.ts';

/**
 * How beats and answers of one version of the protocol are said and heard. The newer end translates, for it alone knows both
 * versions: so machines of a fleet can be updated one after the other, in any order.
 */
export interface Dialect {
  /** Of an older machine, into the present form; parsed afterwards. */
  hearBeat(beat: unknown): unknown;
  sayAnswer(answer: BeatAnswer): BeatAnswer;
  /** To an older coordinator. */
  sayBeat(beat: Beat): unknown;
  hearAnswer(answer: BeatAnswer): BeatAnswer;
}

export type Dialects = ReadonlyMap<number, Dialect>;

const present: Dialect = {
  hearBeat: (beat) => beat,
  sayAnswer: (answer) => answer,
  sayBeat: (beat) => beat,
  hearAnswer: (answer) => answer,
};

/** The present version; when there is a next one, the one before it stays here. */
export const dialects: Dialects = new Map([[FLEET_PROTOCOL, present]]);

/** The newest version that both speak. */
export function agreeOn(mine: readonly number[], theirs: readonly number[]): number | undefined {
  const common = mine.filter((version) => theirs.includes(version));
  return common.length === 0 ? undefined : Math.max(...common);
}
