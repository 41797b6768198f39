/** A place in the line of what is still to happen. */
interface Event {
  readonly at: number;
  readonly no: number;
  readonly job: () => void;
}

/** A rule that was broken, and how. */
export interface Violation {
  /** The same words for the same rule. */
  readonly rule: string;
  readonly what: string;
}

/**
 * Time without a clock: what is to happen stands in a line and happens in order, each thing after all that followed from the one before.
 * Nothing waits for a real timer, so a minute of many machines takes some milliseconds and is the same each time.
 */
export class World {
  /** True time, milliseconds since 1970. Clocks of machines may say otherwise. */
  now = 1_700_000_000_000;
  readonly started = this.now;
  /** Who said and did what, for people; undefined while nobody wants to read it. */
  readonly trace: string[] | undefined;
  /** What was found to be wrong first: it ends the schedule. */
  violation: Violation | undefined;
  #line: Event[] = [];
  #last = 0;

  constructor(traced = false) {
    this.trace = traced ? [] : undefined;
  }

  /** Lets `job` happen after so many milliseconds. */
  after(ms: number, job: () => void): void {
    this.#last += 1;
    push(this.#line, { at: this.now + Math.max(0, ms), no: this.#last, job });
  }

  /** The next thing happens, with all that follows from it at once. False: nothing is left. */
  async step(): Promise<boolean> {
    const event = pop(this.#line);
    if (event === undefined) return false;
    this.now = event.at;
    event.job();
    await quiet();
    return true;
  }

  say(who: string, what: () => string): void {
    this.trace?.push(`${((this.now - this.started) / 1000).toFixed(3).padStart(8)} s  ${who}: ${what()}`);
  }

  /** Something is so that must never be so. */
  violate(rule: string, what: string): void {
    this.say('!', () => `${rule}: ${what}`);
    this.violation ??= { rule, what };
  }
}

/**
 * Everything that follows from what has just happened has happened. Called from a promise's job, as here always, `nextTick` comes when no
 * other job of a promise is left.
 */
export async function quiet(): Promise<void> {
  await Promise.resolve();
  await new Promise<void>((done) => {
    process.nextTick(done);
  });
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.no < b.no);
}

/** Adds to a binary heap. */
function push(heap: Event[], event: Event): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const other = heap[above];
    if (other === undefined || !isBefore(event, other)) break;
    heap[at] = other;
    at = above;
  }
  heap[at] = event;
}

/** Takes the first of a binary heap. */
function pop(heap: Event[]): Event | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let below = at * 2 + 1;
    const [left, right] = [heap[below], heap[below + 1]];
    if (left === undefined) break;
    const least = right !== undefined && isBefore(right, left) ? right : left;
    if (least === right) below += 1;
    if (!isBefore(least, last)) break;
    heap[at] = least;
    at = below;
  }
  heap[at] = last;
  return first;
}
