import { z } from 'zod';

/**
 * Every job carries the id of what it is about, if anything, and nothing else: the rest is read when it runs. A check also
 * says which version of what is to be checked it was sent for.
 */
export const ofImport = z.object({ importId: z.number().int() });
export const ofColumn = z.object({ columnId: z.uuid() });
export const ofDataset = z.object({ datasetId: z.uuid() });
export const ofCorrection = z.object({ correctionFileId: z.number().int() });
export const ofCheck = z.object({ importId: z.number().int(), version: z.number().int() });
const ofNothing = z.object({});

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
  check: {
    payload: ofCheck,
    options: {
      retryLimit: 3,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 30,
      expireInSeconds: 900,
    },
  },
  receive: {
    payload: ofCorrection,
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
  index: {
    payload: ofColumn,
    options: {
      retryLimit: 5,
      retryDelay: 10,
      retryBackoff: true,
      retryDelayMax: 600,
      expireInSeconds: 23 * 3600,
    },
  },
  current: {
    payload: ofDataset,
    options: {
      retryLimit: 5,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 600,
      expireInSeconds: 3 * 3600,
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
  move: {
    payload: ofNothing,
    options: {
      retryLimit: 20,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 600,
      expireInSeconds: 23 * 3600,
    },
  },
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.infer<(typeof jobs)[N]['payload']>;
