import type { Prisma } from '@/lib/server/platform/db/client';

/** The imports that go with somebody: their own, and everybody's into their datasets. */
export const belongingTo = (userId: string) =>
  ({ OR: [{ userId }, { dataset: { ownerId: userId } }] }) satisfies Prisma.ImportWhereInput;

/** Those of somebody whose rows are in use in datasets of others. */
export const publishedElsewhere = (userId: string) =>
  ({
    userId,
    status: 'COMPLETED',
    deletedAt: null,
    dataset: { ownerId: { not: userId } },
  }) satisfies Prisma.ImportWhereInput;
