import type { User } from '@/lib/server/platform/user';
import { formatBytes } from '@/lib/shared/format-bytes';
import { db, type Prisma, type Transaction } from '../db/client';
import { lockNamed } from '../db/named-lock';
import { env } from '../env';
import { AppError } from '../errors';

/** Files of corrected rows that are in the store, or on their way there. */
export const holdingCorrections = {
  fileDeletedAt: null,
  status: { not: 'CANCELLED' },
  import: { deletedAt: null },
} satisfies Prisma.CorrectionFileWhereInput;

/** Imports whose file is in the store, or on its way there: it was neither removed nor is about to be. */
export const holdingFiles = {
  NOT: {
    OR: [
      { status: 'CANCELLED' },
      { status: 'FAILED', failureReason: 'UPLOAD_ABANDONED' },
      { fileDeletedAt: { not: null } },
      { deletedAt: { not: null } },
    ],
  },
} satisfies Prisma.ImportWhereInput;

/** After so long, asking again to open an upload is worth while. */
const retrySeconds = 10;

/**
 * Makes the row of an import whose file fits: size, the person's bytes and open uploads, and those of all together.
 * One at a time over all web servers, so that fifty requests at once cannot all find the last place free.
 * @param make writes the row in the transaction that counted
 * @throws AppError `too-large` when there is no room for so many bytes, `too-many-requests` when too many are open
 */
export async function withinQuota<T>(
  fileSize: number,
  user: User,
  make: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return db().$transaction(async (tx) => {
    await lockNamed(tx, 'uploads');
    await assertWithinQuota(fileSize, user, tx);
    return make(tx);
  });
}

/** The same question without the lock: before anything is asked of the store. */
export async function assertWithinQuota(fileSize: number, user: User, tx: Transaction = db()): Promise<void> {
  const { MAX_USER_BYTES, MAX_TOTAL_BYTES, MAX_USER_UPLOADS, MAX_TOTAL_UPLOADS } = env();
  const { mine, all, openMine, openAll } = await usage(tx, user.id);
  if (mine + fileSize > MAX_USER_BYTES) {
    throw new AppError(
      'too-large',
      `The file has ${formatBytes(fileSize)}. You have ${formatBytes(mine)} on this server, which keeps at most ${formatBytes(MAX_USER_BYTES)} of files for one person (MAX_USER_BYTES). Cancel imports that you do not need, or ask your administrator for more.`,
    );
  }
  if (all + fileSize > MAX_TOTAL_BYTES) {
    throw new AppError(
      'too-large',
      `The file has ${formatBytes(fileSize)}. This server keeps ${formatBytes(all)} of the ${formatBytes(MAX_TOTAL_BYTES)} of files that it may (MAX_TOTAL_BYTES). Ask your administrator to make room.`,
    );
  }
  if (openMine >= MAX_USER_UPLOADS) {
    throw new AppError(
      'too-many-requests',
      `You have ${openMine} uploads open, as many as this server allows one person (MAX_USER_UPLOADS). Wait until one of them is done, or cancel one.`,
      {},
      retrySeconds,
    );
  }
  if (openAll >= MAX_TOTAL_UPLOADS) {
    throw new AppError(
      'too-many-requests',
      `There are ${openAll} uploads open, as many as this server takes at a time (MAX_TOTAL_UPLOADS). Try again in a moment.`,
      {},
      retrySeconds,
    );
  }
}

/**
 * Bytes that a person's file may unpack to: as many as they could have sent unpacked. A file of 300 KB can hold 30
 * million rows, and rows take more room than files.
 */
export async function unpackedQuota(record: { objectKey: string; userId: string | null }): Promise<number> {
  const { MAX_FILE_BYTES, MAX_USER_BYTES, MAX_TOTAL_BYTES } = env();
  const others = { objectKey: { not: record.objectKey } };
  const [mine, all] = await Promise.all([
    record.userId === null ? 0 : heldBytes(db(), { ...others, userId: record.userId }),
    heldBytes(db(), others),
  ]);
  return Math.max(0, Math.min(MAX_FILE_BYTES, MAX_USER_BYTES - mine, MAX_TOTAL_BYTES - all));
}

/** Whose files, and which of them. */
interface Whose {
  userId?: string;
  objectKey?: { not: string };
}

async function heldBytes(tx: Transaction, whose: Whose): Promise<number> {
  const [imports, corrections] = await Promise.all([
    tx.import.aggregate({ where: { ...holdingFiles, ...whose }, _sum: { fileSize: true } }),
    tx.correctionFile.aggregate({ where: { ...holdingCorrections, ...whose }, _sum: { fileSize: true } }),
  ]);
  return Number(imports._sum.fileSize ?? 0) + Number(corrections._sum.fileSize ?? 0);
}

/**
 * The bytes and open uploads of a person and of all together. In one statement, since uploads that are begun at once wait
 * for each other meanwhile: fifty of them waited for longer than a transaction may, when it was eight.
 */
async function usage(tx: Transaction, userId: string) {
  const [found] = await tx.$queryRaw<{ mine: number; all: number; openMine: number; openAll: number }[]>`
    select coalesce(sum("fileSize") filter (where held and own), 0)::float8 as mine,
      coalesce(sum("fileSize") filter (where held), 0)::float8 as all,
      (count(*) filter (where open and own))::int as "openMine",
      (count(*) filter (where open))::int as "openAll"
    from (
      select "fileSize", "userId" = ${userId}::uuid as own, "status" = 'UPLOADING' as open,
        "status" <> 'CANCELLED' and "fileDeletedAt" is null and "deletedAt" is null
          and not ("status" = 'FAILED' and coalesce("failureReason" = 'UPLOAD_ABANDONED', false)) as held
      from "Import"
      union all
      select c."fileSize", c."userId" = ${userId}::uuid, c."status" = 'UPLOADING' and i."deletedAt" is null,
        c."status" <> 'CANCELLED' and c."fileDeletedAt" is null and i."deletedAt" is null
      from "CorrectionFile" c join "Import" i on i."id" = c."importId"
    ) files`;
  return found ?? { mine: 0, all: 0, openMine: 0, openAll: 0 };
}
