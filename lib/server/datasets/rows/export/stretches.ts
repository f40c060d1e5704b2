import { type FoundRows, RowWindows } from '@/lib/server/datasets/versions/read-added-rows';
import { keyedRowsSql, originImports } from '@/lib/server/datasets/versions/read-keyed-page';
import type { Snapshot } from '@/lib/server/datasets/versions/snapshot';
import { largestInteger } from '@/lib/shared/largest-integer';
import type { RowSource } from './row-source';

/** The next rows after a number. */
export interface NextRows {
  /** Up to which number they are looked for. */
  until: number;
  /** SQL of them, as `number` and their cells. */
  sql: string;
  /**
   * The same without an order, and of any number of them; null where that would be no faster. They are stored as they came,
   * which is mostly in order: sorting them took as much of the database's time as reading them.
   */
  asStored: string | null;
}

/** Rows that stand one after another, each with a number. */
export interface Stretch {
  /** How many they are; null where that is not known. */
  rows: number | null;
  next(source: RowSource, after: number, limit: number): NextRows;
  /** Whether there may be more after those. @param isFull they were as many as wanted */
  goesOn(found: FoundRows, isFull: boolean): Promise<boolean>;
}

/** The rows that are seen at one moment, in the order of the dataset: what readers page through. */
export async function stretchesOf(snapshot: Snapshot, keyed: boolean): Promise<Stretch[]> {
  if (!keyed) {
    return snapshot.imports
      .filter(({ rowsInserted }) => rowsInserted > 0)
      .map(({ id, rowsInserted }) => addedStretch(id, rowsInserted));
  }
  return (await originImports(snapshot)).map((origin) => keyedStretch(snapshot, origin));
}

function addedStretch(importId: number, rows: number): Stretch {
  const windows = new RowWindows(importId);
  return {
    rows,
    next: (source, after, limit) => {
      const until = windows.next(source.table, after, limit);
      const rows = `
        select "rowNumber" as origin, ${source.cells.map((name) => `r."${name}"`).join(', ')} from ${source.rows} r
        where "importId" = ${importId} and "rowNumber" > ${after} and "rowNumber" <= ${until}`;
      return {
        until,
        sql: printedSql(source, `${rows} order by "rowNumber" limit ${limit}`),
        asStored: source.table.isOwn ? printedSql(source, rows) : null,
      };
    },
    goesOn: async (found, isFull) => {
      windows.note(found);
      return isFull || found.rows > 0 || windows.isAnyBeyond(found);
    },
  };
}

function keyedStretch(snapshot: Snapshot, origin: number): Stretch {
  return {
    rows: null,
    next: (source, after, limit) => {
      const { table, rows, cells } = source;
      const keyed = { changes: table.changes, rows, cells };
      const sql = printedSql(source, keyedRowsSql(keyed, snapshot, origin, after, limit));
      return { until: largestInteger, sql, asStored: null };
    },
    goesOn: async (_found, isFull) => isFull,
  };
}

const printedSql = ({ texts }: RowSource, rows: string) =>
  `select origin as number, ${texts.join(', ')} from (${rows}) visible`;
