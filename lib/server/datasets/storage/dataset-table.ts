import type { Transaction } from '@/lib/server/platform/db/client';
import type { Dataset } from '@/lib/server/platform/db/generated/client';
import { AppError } from '@/lib/server/platform/errors';

/** Where the rows of a dataset are, as SQL that may stand after `from`, with an alias behind it. */
export interface DatasetTable {
  /** That of its schema: `ds_<number>`. */
  number: number;
  /** False while its rows are in the table that all datasets shared once: nothing can be written there any more. */
  isOwn: boolean;
  /** Typed columns `"c<slot>"` beside `"_import"`, `"_row"`, `"_more"` and `"_exact"`. Only where it is its own. */
  rows: string;
  /**
   * Rows as `"importId"`, `"rowNumber"` and `"values"`, a JSON array of canonical texts by slot. A column that was added
   * later may be missing at its end. Rows can be deleted through it.
   */
  canonical: string;
  /** What imports did with rows, in a dataset with a key: the columns of model RowChange. Read only; see `row_changes`. */
  changes: string;
}

/** A part of a dataset's schema, quoted. */
export const inSchema = (number: number, name: string): string => `"ds_${Number(number)}"."${name}"`;

/** Where the rows of a dataset are. */
export function datasetTable({ number, rowStorage }: Pick<Dataset, 'number' | 'rowStorage'>): DatasetTable {
  const isOwn = rowStorage === 'TABLE';
  return {
    number,
    isOwn,
    rows: inSchema(number, 'rows'),
    canonical: isOwn ? inSchema(number, 'canonical') : '"Row"',
    changes: isOwn
      ? inSchema(number, 'row_changes')
      : `(select * from "RowChange" where "datasetNumber" = ${Number(number)})`,
  };
}

/** Where the rows of a dataset are, by its id. @throws AppError `not-found` when it is gone */
export async function tableOfDataset(tx: Transaction, id: string): Promise<DatasetTable> {
  const record = await tx.dataset.findUnique({ where: { id }, select: { number: true, rowStorage: true } });
  if (!record) throw new AppError('not-found', 'There is no such dataset.');
  return datasetTable(record);
}

/** Where the rows of an import are; null for one that has no dataset, and so no rows. */
export async function tableOfImport(tx: Transaction, importId: number): Promise<DatasetTable | null> {
  const record = await tx.import.findUnique({
    where: { id: importId },
    select: { dataset: { select: { number: true, rowStorage: true } } },
  });
  return record?.dataset ? datasetTable(record.dataset) : null;
}
