/**
 * What a process of Convoy is started with, so that memory that it gave back goes back to the system. glibc reads it before the
 * first line of a program runs, so it has to come from outside; elsewhere the variables mean nothing.
 *
 * - One pool of memory for two threads and not one for each: the pools of the database and listing threads cost 60 to 90 MB more.
 * - Pieces of 64 KiB and more always come from the system, and go back to it. Left to itself glibc keeps ever larger ones
 *   to use them again, and the largest files of a share, which are copied first, left 45 MB behind (10,000 small files).
 * @satisfies {Record<string, string>}
 */
export const memoryEnvironment = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '65536' };
