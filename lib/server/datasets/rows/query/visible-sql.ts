import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import type { Snapshot } from '@/lib/server/datasets/versions/snapshot';

/**
 * SQL of the rows `r` of a dataset that readers see, to which conditions may be added with `and`. With a key, a row is
 * seen if no import that is seen wrote its key after it.
 */
export function visibleSql(number: number, keyed: boolean, { imports }: Snapshot): string {
  const ids = `'{${imports.map(({ id }) => id).join()}}'::int[]`;
  const rows = inSchema(number, 'rows');
  if (!keyed) return `${rows} r where r."_import" = any(${ids})`;
  const changes = inSchema(number, 'row_changes');
  return `${rows} r
    join ${changes} e on e."importId" = r."_import" and e."rowNumber" = r."_row" and e."kind" in ('INSERTED', 'RESTORED', 'UPDATED')
    where r."_import" = any(${ids}) and not exists (
      select 1 from ${changes} f
      where f."originImportId" = e."originImportId" and f."originRowNumber" = e."originRowNumber"
        and f."kind" in ('RESTORED', 'UPDATED') and f."importId" = any(${ids}) and f."publishedRevision" > e."publishedRevision")`;
}
