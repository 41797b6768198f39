/** Runs jobs one at a time, in the order in which they came. A job that throws does not stop the next. */
export interface Serial {
  run<T>(job: () => Promise<T>): Promise<T>;
}

/** For what reads and then writes: of two decisions about leases at once both could give the same unit away. */
export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(job) {
      const mine = last.then(job, job);
      last = mine;
      return mine;
    },
  };
}
