/**
 * V8's limits for a worker process. Without them it takes 450 MB and is no faster. Every hostile file of e2e gets by
 * with 64 MB; more than 80 MB only postpones the collection of rows of 1 MB. Prisma's query compiler is WebAssembly:
 * to optimise it takes 40 MB for good. COPY is no slower without, createMany by 6 %. With room for 4 MB of new objects
 * instead of 1 a CSV takes 26 MB more at its peak, a workbook 9, and neither less processor time. Optimizing for size
 * collects earlier: a workbook takes 166 MB instead of 184 at its peak, a CSV 164 instead of 169, no slower beside psql.
 */
export const workerLimits = [
  '--max-old-space-size=80',
  '--max-semi-space-size=1',
  '--liftoff-only',
  '--optimize-for-size',
];

/**
 * The same for the web server. 97 MB of its heap are alive once every page and route was asked for and 10,000 rejected
 * rows were replaced; what is not heap takes another 105 MB. Held at 128 MB it had 247 MiB at most, with ten streams and four exports
 * of a million rows. Without a bound a process may keep 4 GB before it collects anything in earnest.
 */
export const webLimits = ['--max-old-space-size=128', '--max-semi-space-size=4', '--liftoff-only'];

/**
 * For both. glibc keeps an arena of freed memory a thread, zlib's threads among them: one is enough, and saves 20 MB.
 * And it raises the size from which memory goes back to the system at once as large pieces are freed: held at its
 * 128 KiB, an idle worker takes 14 MB less, one that reads a workbook 5 MB.
 */
export const memoryVariables = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' };
