/**
 * Closes things one after the other, each of them whatever becomes of the others: one that cannot be closed must not keep
 * the next one open. Rejects with what hindered it, once all were tried.
 */
export async function closeAll(closings: readonly (() => Promise<void> | undefined)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closings) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 1) throw new AggregateError(errors, 'several things could not be closed');
  if (errors.length === 1) throw errors[0];
}
