/** Runs jobs one at a time, in the order in which they came. A job that throws does not stop the next. */
export interface Serial {
  run<T>(job: () => Promise<T>): Promise<T>;
}

/** Decisions about leases read and then write: two at once could both give the same unit away. */
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
