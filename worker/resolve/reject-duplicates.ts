import { canonicalCellSql } from '@/lib/server/datasets/storage/cell-sql';
import { tableOfImport } from '@/lib/server/datasets/storage/dataset-table';
import { updateAsAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { storedInspection, storedMapping } from '@/lib/shared/schema/import/stored-import';
import { spillRepeated } from '../review/spill-rejections';
import { cellsByPlace } from './cells-by-place';

/** Sorting or hashing ten million values takes Postgres half a minute; it spills to its disk, not to memory. */
const transaction = { timeout: 60 * 60_000, maxWait: 30_000 };

/**
 * Of staged rows with the same value in a column whose values are to be unique, turns all but the first into
 * rejections. In Postgres, so that the worker's memory does not grow with the file, and so that it makes no difference
 * where an attempt was resumed. Their cells are the stored values: what the file had in columns that were left out is
 * gone by then. Run twice, it finds nothing the second time.
 * @throws Fenced when the import was taken over: then nothing has changed
 */
export async function rejectDuplicates(run: {
  id: number;
  attempt: number;
  mapping: unknown;
  inspection: unknown;
}): Promise<void> {
  const mapping = storedMapping.parse(run.mapping);
  const unique = mapping.filter(({ rules }) => rules?.unique);
  if (unique.length === 0) return;
  const { width } = storedInspection.parse(run.inspection);
  const table = await tableOfImport(db(), run.id);
  if (!table) throw new ImportFailure('DATASET_GONE', 'The dataset was deleted meanwhile.');
  const cells = cellsByPlace(mapping, width, 'r');
  await db().$transaction(async (tx) => {
    for (const column of unique) {
      const value = canonicalCellSql(column, 'r');
      await tx.$executeRawUnsafe(
        `with firsts as (
          select ${value} as value, min(r."_row") as first
          from ${table.rows} r where r."_import" = $1::int and ${value} is not null
          group by 1 having count(*) > 1
        ), later as (
          delete from ${table.rows} r using firsts f
          where r."_import" = $1::int and ${value} = f.value and r."_row" > f.first
          returning r.*, f.value, f.first
        )
        insert into "Rejection" ("importId", "rowNumber", cells, "cellsForm", staged, reasons)
        select $1::int, r."_row", ${cells}, 'CANONICAL', false,
          jsonb_build_array(jsonb_build_object(
            'column', $2::text, 'value', left(r.value, 200), 'code', 'not-unique', 'reason',
            format('Row %s has this value already and it may be there only once. Correct one of them.', r.first)))
        from later r
        -- One whose key was wrong, too, is rejected already, and staged no longer.
        on conflict ("importId", "rowNumber") do update
          set cells = excluded.cells, "cellsForm" = excluded."cellsForm", staged = false, reasons = excluded.reasons`,
        run.id,
        column.name,
      );
    }
    // Last, since it holds the import's row until the commit.
    await updateAsAttempt(tx, run);
  }, transaction);
  await spillRepeated(run);
}
