/** Jobs that may go side by side, and jobs that must be alone: of those that read and then write. */
export interface Turns {
  /** Side by side with others of its kind. */
  together<T>(job: () => Promise<T>): Promise<T>;
  /** After all that came before have ended, and before all that come after begin. */
  alone<T>(job: () => Promise<T>): Promise<T>;
}

/** All begin in the order in which they came: neither kind can keep the other from its turn. A job that throws does not stop the next. */
export function createTurns(): Turns {
  const waiting: { readonly alone: boolean; readonly begin: () => void }[] = [];
  let atWork = 0;
  let isAlone = false;

  const look = (): void => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (isAlone || (next.alone && atWork > 0)) return;
      waiting.shift();
      atWork += 1;
      isAlone = next.alone;
      next.begin();
    }
  };

  const run = async <T>(alone: boolean, job: () => Promise<T>): Promise<T> => {
    await new Promise<void>((begin) => {
      waiting.push({ alone, begin });
      look();
    });
    try {
      return await job();
    } finally {
      atWork -= 1;
      isAlone = false;
      look();
    }
  };

  return { together: (job) => run(false, job), alone: (job) => run(true, job) };
}
