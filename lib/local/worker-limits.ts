/**
 * V8's limits for a worker process; the script `worker` in package.json says the same. Without them it takes 450 MB
 * and is no faster. Less than 96 MB is not enough for rows of 1 MB that are rejected.
 */
export const workerLimits = ['--max-old-space-size=96', '--max-semi-space-size=4'];

/**
 * glibc keeps an arena of freed memory a thread, zlib's threads among them: one is enough, and saves 20 MB. And it
 * raises the size from which memory goes back to the system at once as large pieces are freed: held at its 128 KiB,
 * an idle worker takes 14 MB less, one that reads a workbook 5 MB.
 */
export const workerVariables = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' };
