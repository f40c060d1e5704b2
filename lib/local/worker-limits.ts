/**
 * V8's limits for a worker process; the script `worker` in package.json says the same. Without them it takes 450 MB
 * and is no faster.
 */
export const workerLimits = ['--max-old-space-size=96', '--max-semi-space-size=4'];
