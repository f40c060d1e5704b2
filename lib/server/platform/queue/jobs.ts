import { z } from 'zod';

/** Every job carries the id of its import and nothing else: the rest is read when it runs. */
const ofImport = z.object({ importId: z.number().int() });

/**
 * The jobs: name, payload, retry policy (pg-boss queue options, seconds). A worker that stops beating for
 * WORKER_DEAD_AFTER_SECONDS is taken for dead and its job is run again; the attempt fence keeps the dead one from
 * writing.
 */
export const jobs = {
  inspect: {
    payload: ofImport,
    options: {
      retryLimit: 5,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 30,
      expireInSeconds: 600,
    },
  },
  stage: {
    payload: ofImport,
    options: {
      retryLimit: 12,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: 23 * 3600,
    },
  },
  purge: {
    payload: ofImport,
    options: {
      retryLimit: 20,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 600,
      expireInSeconds: 3600,
    },
  },
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload = z.infer<typeof ofImport>;
