/** Two clocks of one machine: each has its own way of being wrong. */
export interface Clocks {
  /** Milliseconds since 1970, of the clock on the wall: it may be set forward and back. For people, and for what is written down. */
  readonly now: () => number;
  /** Milliseconds since some time; nobody sets it, and it may stand still while the machine sleeps. For how long something takes. */
  readonly steady: () => number;
}
