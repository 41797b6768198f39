import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Imported before anything else by both hosts: V8 keeps its heaps near what is alive instead of letting them grow first. Old generations are
 * collected after growing by a quarter, and young ones do not grow by themselves; that of the main thread is made as large as pays at once.
 * Flags of the running process, because Electron's main process takes none from outside. What they bring is in
 * docs/decisions/0027-where-the-memory-is.md.
 */
setFlagsFromString('--heap-growing-percent=25');

/**
 * Of each half of the main thread's young generation. With V8's own beginning of 1 MiB it is collected a hundred times a second while small files
 * are copied, and much is taken for old that is dead a moment later. With 4 MiB a copy takes no less time than with this, and 18 MB more.
 */
const YOUNG_HALF_BYTES = 2 * 1_048_576;
/** Far more than is ever needed: who counts on a flag of V8 must not hang when its meaning changes. */
const MOST_ROUNDS = 100;

setFlagsFromString('--semi-space-growth-factor=4');
growYoung();
setFlagsFromString('--semi-space-growth-factor=1');

/** A young generation grows when it is collected and as much as it holds has survived. So something survives. */
function growYoung(): void {
  const kept: object[] = [];
  for (let round = 0; round < MOST_ROUNDS && youngBytes() < 2 * YOUNG_HALF_BYTES; round++)
    for (let i = 0; i < 10_000; i++) kept.push({ i });
}

function youngBytes(): number {
  return (
    getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? Infinity
  );
}
