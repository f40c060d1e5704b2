/**
 * V8's limits for a worker process; the script `worker` in package.json says the same. Without them it takes 450 MB
 * and is no faster. Marking in steps, beside the program, is for programs that must not pause for 10 ms: here it took a
 * tenth of an import, on a core that the database needs. Less than 96 MB is not enough for rows of 1 MB that are rejected.
 */
export const workerLimits = [
  '--max-old-space-size=96',
  '--max-semi-space-size=2',
  '--no-incremental-marking',
];

/** glibc keeps an arena of freed memory a thread, zlib's threads among them: one is enough, and saves 20 MB. */
export const workerVariables = { MALLOC_ARENA_MAX: '1' };
