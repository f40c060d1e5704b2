import { z } from 'zod';
import { readKey } from '@/lib/server/datasets/key';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { attemptShape } from '@/lib/shared/schema/import/attempt';
import { importDetailsShape } from '@/lib/shared/schema/import/import-details';
import { storedOptions } from '@/lib/shared/schema/import/stored-import';
import { findImport } from '../find-import';
import { getImport } from '../get-import';

const counted = importDetailsShape.shape.rows;

/** Answer of `GET /imports/:id/receipt`. */
export const receiptShape = importDetailsShape
  .pick({
    id: true,
    status: true,
    user: true,
    dataset: true,
    mode: true,
    duplicates: true,
    onRejection: true,
    publishedRevision: true,
    publishedAfter: true,
    layout: true,
    mapping: true,
    amendments: true,
    rowsRemoved: true,
    replaces: true,
    seconds: true,
    redoUntil: true,
    rowsDeletedAt: true,
    createdAt: true,
    startedAt: true,
    finishedAt: true,
  })
  .extend({
    file: importDetailsShape.shape.file.extend({
      etag: z.string().nullable().describe('The store’s, for exactly the bytes that were read.'),
    }),
    tally: counted.extend({
      balances: z.boolean().describe('read = inserted + updated + unchanged + skipped + rejected.'),
    }),
    options: z.object({ shortRows: z.enum(['reject', 'pad']) }),
    key: z.array(z.string()).describe('Names of the columns that make the key of the dataset.'),
    notes: z
      .array(z.string())
      .describe('What was noticed while the file was read; shown to whoever imported it.'),
    attempts: z.array(attemptShape),
    history: z
      .array(
        z.object({
          revision: z.int(),
          kind: z.enum(['PUBLISHED', 'UNDONE', 'REDONE']),
          at: z.iso.datetime(),
          by: z.string().nullable().describe('Name of the person; null for one who is gone.'),
        }),
      )
      .describe('When it was published, undone and redone, and by whom.'),
  })
  .meta({ id: 'Receipt', description: 'Everything that is known of an import that was published.' });
export type Receipt = z.infer<typeof receiptShape>;

/**
 * The receipt of an import, complete.
 * @throws AppError `conflict` for one that was never published: it has none
 */
export async function readReceipt(id: string, user: User): Promise<Receipt> {
  const record = await findImport(id, user);
  if (record.publishedRevision === null)
    throw new AppError('conflict', 'Only an import that was completed has a receipt.');
  const view = await getImport(id, user);
  const stored = await db().import.findUniqueOrThrow({
    where: { id: record.id },
    select: { upload: { select: { etag: true } }, options: true },
  });
  const changes = await db().datasetChange.findMany({
    where: { importId: record.id },
    orderBy: { revision: 'asc' },
  });
  const people = await db().user.findMany({
    where: { id: { in: changes.map(({ userId }) => userId) } },
    select: { id: true, name: true },
  });
  const { read, ...fates } = view.rows;
  return {
    id: view.id,
    status: view.status,
    file: { ...view.file, etag: stored.upload.etag },
    user: view.user,
    dataset: view.dataset,
    mode: view.mode,
    duplicates: view.duplicates,
    onRejection: view.onRejection,
    key: record.datasetId === null ? [] : await readKey(db(), record.datasetId),
    publishedRevision: view.publishedRevision,
    publishedAfter: view.publishedAfter,
    tally: {
      ...view.rows,
      balances: read === Object.values(fates).reduce((sum, count) => sum + count, 0),
    },
    rowsRemoved: view.rowsRemoved,
    replaces: view.replaces,
    layout: view.layout,
    mapping: view.mapping,
    options: storedOptions.parse(stored.options ?? {}),
    amendments: view.amendments,
    redoUntil: view.redoUntil,
    rowsDeletedAt: view.rowsDeletedAt,
    createdAt: view.createdAt,
    startedAt: view.startedAt,
    finishedAt: view.finishedAt,
    seconds: view.seconds,
    notes: view.inspection?.warnings ?? [],
    attempts: view.attemptNotes,
    history: changes.map(({ revision, kind, at, userId }) => ({
      revision,
      kind,
      at: at.toISOString(),
      by: people.find((person) => person.id === userId)?.name ?? null,
    })),
  };
}
