import { updateAsAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { type MappedColumn, storedInspection, storedMapping } from '@/lib/shared/schema/stored-import';
import { spillRepeated } from '../review/spill-rejections';

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
  await db().$transaction(async (tx) => {
    for (const { name, slot } of unique) {
      await tx.$executeRaw`
        with firsts as (
          select values->>${slot}::int as value, min("rowNumber") as first
          from "Row" where "importId" = ${run.id} and values->>${slot}::int is not null
          group by 1 having count(*) > 1
        ), later as (
          delete from "Row" r using firsts f
          where r."importId" = ${run.id} and r.values->>${slot}::int = f.value and r."rowNumber" > f.first
          returning r."rowNumber", r.values, f.value, f.first
        )
        insert into "Rejection" ("importId", "rowNumber", cells, reasons)
        select ${run.id}, l."rowNumber",
          (select jsonb_agg(coalesce(l.values->>c.slot, '') order by c.place)
            from unnest(${slotsByPlace(mapping, width)}::int[]) with ordinality as c(slot, place)),
          jsonb_build_array(jsonb_build_object(
            'column', ${name}::text, 'value', left(l.value, 200), 'code', 'not-unique', 'reason',
            format('Row %s has this value already and it may be there only once. Correct one of them.', l.first)))
        from later l`;
    }
    // Last, since it holds the import's row until the commit.
    await updateAsAttempt(tx, run);
  }, transaction);
  await spillRepeated(run);
}

/** For each place in the file the slot that it fills; null for columns that were left out. */
function slotsByPlace(mapping: MappedColumn[], width: number): (number | null)[] {
  const slots = new Map(mapping.map(({ index, slot }) => [index, slot]));
  return Array.from({ length: width }, (_, place) => slots.get(place) ?? null);
}
