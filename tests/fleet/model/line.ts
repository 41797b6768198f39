import { chance, type Random } from '../../../src-practice/random.ts';
import type { Beat, BeatAnswer, FleetContract } from '../../../src-shared/contract/fleet.ts';
import { failed, type Result } from '../../../src-shared/model/problem.ts';
import type { Program } from './program.ts';
import type { World } from './world.ts';

/** What may become of a message. Probabilities, and milliseconds. */
export interface Weather {
  readonly lost: number;
  readonly doubled: number;
  /** Messages take up to so long: those that take longer than others come after them. */
  readonly latest: number;
}

export const fair: Weather = { lost: 0, doubled: 0, latest: 40 };

/** After so long nobody waits for an answer any more. */
const ANSWER_WITHIN_MS = 10_000;

/** Where beats arrive: undefined while nobody is there. */
export interface Host {
  readonly program: Program;
  readonly fleet: FleetContract;
  /** The connection of a machine broke. */
  gone(machine: string): void;
}

/** The network between a machine and the coordinator. Its two ways can be cut by themselves. */
export class Line {
  weather = fair;
  /** From the machine to the coordinator, and back. */
  readonly cut = { there: false, back: false };
  readonly #world: World;
  readonly #random: Random;
  readonly #host: () => Host | undefined;
  /** Which program of the machine was heard last. */
  #heard: { readonly by: Program; readonly no: number } | undefined;
  #programs = 0;
  readonly #watch: (beat: Beat, answer: Result<BeatAnswer>) => void;

  constructor(parts: {
    world: World;
    random: Random;
    host: () => Host | undefined;
    /** Told of each beat that the coordinator has answered. */
    watch: (beat: Beat, answer: Result<BeatAnswer>) => void;
  }) {
    this.#world = parts.world;
    this.#random = parts.random;
    this.#host = parts.host;
    this.#watch = parts.watch;
  }

  /** A program on the machine died, and its connection with it. */
  broke(machine: string): void {
    const to = this.#host()?.program;
    this.#send('there', () => {
      const host = this.#host();
      if (host === undefined || host.program !== to) return;
      host.program.now(() => host.gone(machine));
    });
  }

  /** The contract as a program on the machine sees it. */
  from(program: Program): FleetContract {
    const lost = failed('service-unreachable');
    this.#programs += 1;
    const no = this.#programs;
    return {
      beat: (beat) =>
        new Promise((resolve) => {
          this.#world.say(program.name, () => `beats ${beat.number}: ${saidOf(beat)}`);
          const back = (answer: Result<BeatAnswer>): void =>
            this.#send('back', () => program.now(() => resolve(answer)));
          program.after(ANSWER_WITHIN_MS, () => resolve(lost));
          const to = this.#host()?.program;
          this.#send('there', () => {
            if (this.#leadsTo(to, no)) this.#arrive(program, beat, back);
            else back(lost);
          });
        }),
    };
  }

  /**
   * Messages go over connections. One ends with the process that it leads to: its messages never come to the next process. And it ends when
   * a later program of the machine connects: what the one before had under way is not heard after it.
   */
  #leadsTo(to: Program | undefined, no: number): boolean {
    const host = this.#host()?.program;
    if (host === undefined || host !== to) return false;
    if (this.#heard?.by === host && this.#heard.no > no) return false;
    this.#heard = { by: host, no };
    return true;
  }

  #arrive(program: Program, beat: Beat, back: (answer: Result<BeatAnswer>) => void): void {
    const host = this.#host();
    if (host === undefined) return;
    host.program.now(() => {
      void host.fleet.beat(beat).then(
        (answer) => {
          this.#world.say(
            'coordinator',
            () => `answers ${program.name} ${beat.number}: ${answeredOf(answer)}`,
          );
          this.#watch(beat, answer);
          back(answer);
        },
        (error: unknown) => this.#world.violate('no beat breaks the coordinator', String(error)),
      );
    });
  }

  #send(way: 'there' | 'back', arrive: () => void): void {
    const { lost, doubled, latest } = this.weather;
    if (this.cut[way] || chance(this.#random, lost)) {
      this.#world.say('network', () => `loses a message (${way})`);
      return;
    }
    const times = chance(this.#random, doubled) ? 2 : 1;
    for (let time = 0; time < times; time += 1) this.#world.after(1 + this.#random() * latest, arrive);
  }
}

function saidOf({ units, freeSlots }: Beat): string {
  const said = units.map(
    ({ unit, epoch, state, results, found, end }) =>
      `${unit} epoch ${epoch} ${state}, found ${found?.files}, results ${results[0]?.seq ?? '-'}..${results.at(-1)?.seq ?? '-'}${end ? `, ${end.how}` : ''}`,
  );
  return [`${freeSlots} free`, ...said].join('; ');
}

function answeredOf(answer: Result<BeatAnswer>): string {
  if (!answer.ok) return answer.problem.code;
  const { granted, units } = answer.value;
  return [
    ...granted.map(({ unit, epoch, order }) => `grants ${unit} epoch ${epoch} (${order})`),
    ...units.map(
      ({ unit, held, acknowledged, order, ended }) =>
        `${unit} ${held ? 'held' : 'lost'} ${acknowledged} ${order}${ended ? ', ended' : ''}`,
    ),
  ].join('; ');
}
