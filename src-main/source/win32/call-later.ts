import type { KoffiFunc } from 'koffi';
import { getLastError } from './kernel32.ts';

/**
 * Calls a function of Windows without blocking this thread: in one of libuv's, like Node's own file functions.
 * @returns what it returned, and the error that it left, which means something only if it failed
 */
export function callLater<A extends unknown[], R>(
  call: KoffiFunc<(...given: A) => R>,
  ...given: A
): Promise<{ readonly result: R; readonly error: number }> {
  return new Promise((resolve, reject) => {
    call.async(...given, (bug: unknown, result: R) => {
      // By naming them here the buffers among them are kept until Windows has written into them.
      if (bug)
        reject(new Error(`a call of Windows with ${given.length} arguments was not made`, { cause: bug }));
      else resolve({ result, error: getLastError() });
    });
  });
}
