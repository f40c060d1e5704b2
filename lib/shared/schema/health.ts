import { z } from '../zod';

/** How the workers are, as far as their signs of life tell. */
export const workersView = z.object({
  alive: z.number().int().describe('Workers that gave a sign of life in the last 6 seconds.'),
  silent: z
    .number()
    .int()
    .describe('Workers that did until lately, and did not say that they end: frozen, cut off, or killed.'),
  seenSecondsAgo: z
    .number()
    .int()
    .nullable()
    .describe('Seconds since the last sign of life of any worker; null: there was none yet.'),
  problem: z.string().nullable().describe('A sentence for people where no worker answers.'),
});
export type WorkersView = z.infer<typeof workersView>;

export const healthView = z.object({
  status: z
    .enum(['ok', 'degraded'])
    .describe(
      '`degraded`: no worker is alive, or the disk is full. Pages and the API answer, and imports wait.',
    ),
  problem: z.string().nullable().describe('A sentence for people where the disk is full.'),
  workers: workersView,
});
export type HealthView = z.infer<typeof healthView>;
