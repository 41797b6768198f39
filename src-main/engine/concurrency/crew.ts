/**
 * Keeps as many members at work as there should be: more begin as soon as more should be, and those that are too many end
 * when they next ask whether they may go on. Settles when the last has ended and no more should be; rejects with what one throws,
 * after the others have ended.
 *
 * @param size how many there should be now; asked whenever a member asks or ends
 * @param member works until its work is done, or `mayGoOn` (to be asked before each piece of work) says no
 */
export function crewAtWork(
  size: () => number,
  member: (mayGoOn: () => boolean) => Promise<void>,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let members = 0;
  let failure: { readonly error: unknown } | undefined;
  /** One that ended by itself had no work: whoever would begin in its place would have none either. */
  let done = false;

  const begin = (): void => {
    members += 1;
    let dismissed = false;
    const mayGoOn = (): boolean => {
      fill();
      dismissed = members > Math.max(1, size());
      if (dismissed) members -= 1;
      return !dismissed;
    };
    member(mayGoOn).then(
      () => ended(dismissed),
      (error: unknown) => {
        failure ??= { error };
        ended(dismissed);
      },
    );
  };
  const ended = (dismissed: boolean): void => {
    if (!dismissed) {
      members -= 1;
      done = true;
    }
    if (members > 0) return;
    if (failure) reject(failure.error);
    else resolve();
  };
  const fill = (): void => {
    while (!done && members < size()) begin();
  };

  fill();
  if (members === 0) resolve();
  return promise;
}
