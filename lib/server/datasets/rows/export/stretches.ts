import { keyedRowsSql, placeImports } from '@/lib/server/datasets/versions/read-keyed-page';
import type { Snapshot } from '@/lib/server/datasets/versions/snapshot';

/** Rows that stand one after another, each with a number: SQL of the next ones after a number, as `number`, `values`. */
export type Stretch = (after: number, limit: number) => string;

/** The rows that are seen at one moment, in the order of the dataset: what readers page through. */
export async function stretchesOf(snapshot: Snapshot, keyed: boolean): Promise<Stretch[]> {
  if (!keyed) {
    return snapshot.imports
      .filter(({ rowsInserted }) => rowsInserted > 0)
      .map(
        ({ id }) =>
          (after, limit) =>
            `select "rowNumber" as number, "values" from "Row"
             where "importId" = ${id} and "rowNumber" > ${after} order by "rowNumber" limit ${limit}`,
      );
  }
  const places = await placeImports(snapshot);
  return places.map(
    (place) => (after, limit) =>
      `select place as number, "values" from (${keyedRowsSql(snapshot, place, after, limit)}) placed`,
  );
}
