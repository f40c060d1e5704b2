import { RowChangeKind } from '@/lib/server/platform/db/generated/enums';
import { purgeRange } from '../../rows/purge-range';

/** Removes what the tables that all datasets shared have of an import: its rows, and what it did with them. */
export async function purgeSharedRows(importId: number): Promise<void> {
  const of = { importId, importColumn: 'importId', rowColumn: 'rowNumber' } as const;
  await purgeRange({ ...of, table: '"Row"' });
  for (const kind of Object.values(RowChangeKind))
    await purgeRange({ ...of, table: '"RowChange"', where: `"kind" = '${kind}'` });
}
