/**
 * V8's limits for a worker process; the script `worker` in package.json says the same. Without them it takes 450 MB
 * and is no faster. Every hostile file of e2e gets by with 64 MB; more than 80 MB only postpones the collection of
 * rows of 1 MB. Prisma's query compiler is WebAssembly: to optimise it takes 40 MB for good. COPY is no slower
 * without, createMany by 6 %.
 */
export const workerLimits = ['--max-old-space-size=80', '--max-semi-space-size=4', '--liftoff-only'];

/**
 * glibc keeps an arena of freed memory a thread, zlib's threads among them: one is enough, and saves 20 MB. And it
 * raises the size from which memory goes back to the system at once as large pieces are freed: held at its 128 KiB,
 * an idle worker takes 14 MB less, one that reads a workbook 5 MB.
 */
export const workerVariables = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' };
