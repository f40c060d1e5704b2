import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import type { CheckedMapping } from '@/lib/server/imports/checks/checked-columns';
import { CauseCount } from '@/lib/server/imports/rejections/cause-count';
import { keptRejections } from '@/lib/server/imports/rejections/chunks';
import { storableReasons } from '@/lib/server/imports/rejections/storable-rejection';
import { CauseValues } from '@/lib/server/imports/review/cause-values';
import { suggestFixes } from '@/lib/server/imports/review/fixes/suggest-fixes';
import { causesShown } from '@/lib/server/imports/review/list-causes';
import { type CheckFigures, mostDistinct } from '@/lib/shared/schema/import/check';
import { changesDataset } from '@/lib/shared/schema/review/describe-fix';
import type { EncodedBatch } from '../stage/encoded-batch';
import { DistinctValues } from './distinct-values';
import { readTuples } from './read-tuples';

/** Different values of all columns together that are kept track of: 13 MB. */
const mostTracked = 500_000;
/** Fixes are tried for so many causes: of more, nobody puts one after the other right at a click. */
const causesTried = 20;
/** Fixes are tried again when so many times as many rows are rejected: trying them takes longer than counting rows. */
const triedAgainAt = 2;

/** What is counted of a column. */
interface ColumnTally {
  rejected: number;
  empty: number;
  distinct: DistinctValues;
}

/** Counts what would become of the rows of a file. */
export class CheckTally {
  private readonly rows = { read: 0, accepted: 0, rejected: 0, leftOut: 0 };
  private bytesRead = 0;
  private readonly causes = new CauseCount();
  private readonly values = new CauseValues();
  private readonly columns: ColumnTally[];
  private readonly byName: Map<string, ColumnTally>;
  private fixes = new Map<string, CheckFigures['causes'][number]['fixes']>();
  /** Of how many rejected rows the fixes were tried on. */
  private triedOn = 0;

  constructor(
    private readonly target: RowTarget,
    private readonly mapping: CheckedMapping,
  ) {
    const most = Math.min(mostDistinct, Math.floor(mostTracked / mapping.length));
    this.columns = mapping.map(() => ({ rejected: 0, empty: 0, distinct: new DistinctValues(most) }));
    this.byName = new Map(mapping.map(({ name, slot }) => [name, this.at(slot)]));
  }

  add({ tuples, stored, rejected, leftOut, bytes }: EncodedBatch): void {
    const { rows } = this;
    readTuples(this.target, tuples, (place, cells, from, to) => {
      const column = this.columns[place];
      if (!column) return;
      if (from === -1) column.empty++;
      else column.distinct.add(cells, from, to);
    });
    for (const { rowNumber, reasons: found } of rejected) {
      const reasons = storableReasons(found);
      if (rows.rejected++ < keptRejections) this.values.add(reasons);
      this.causes.add(rowNumber, reasons);
      for (const name of new Set(reasons.map(({ column }) => column ?? ''))) {
        const column = this.byName.get(name);
        if (column) column.rejected++;
      }
    }
    rows.accepted += stored;
    rows.leftOut += leftOut;
    rows.read += stored + rejected.length;
    this.bytesRead = bytes;
  }

  /** @param isLast whether these are the last ones: then the fixes are of all rows, too */
  figures(isLast: boolean, complete: boolean): CheckFigures {
    const { rows, bytesRead } = this;
    const causes = this.causes.causes().slice(0, causesShown);
    if (isLast || rows.rejected > triedAgainAt * this.triedOn) this.tryFixes(causes);
    return {
      rows: { ...rows },
      bytesRead,
      complete,
      causes: causes.map((cause) => ({ ...cause, fixes: this.fixes.get(keyOf(cause)) ?? [] })),
      examined: Math.min(rows.rejected, keptRejections),
      columns: this.mapping.map(({ index, name, slot }) => {
        const { rejected, empty, distinct } = this.at(slot);
        const isOwn = this.target.columns[slot] !== undefined;
        const values = { count: distinct.count, more: distinct.more };
        return { index, name, rejected, empty: isOwn ? empty : null, distinct: isOwn ? values : null };
      }),
    };
  }

  /** Those that the person may make here: what a dataset's column takes is not for a file to change. */
  private tryFixes(causes: Parameters<typeof suggestFixes>[0][]): void {
    this.triedOn = this.rows.rejected;
    this.fixes = new Map(
      causes.slice(0, causesTried).map((cause) => {
        const column = this.mapping.find(({ name }) => name === cause.column);
        const found = suggestFixes(cause, column, this.values.of(cause));
        return [keyOf(cause), found.filter(({ fix }) => !column?.isThere || !changesDataset(fix))];
      }),
    );
  }

  private at(slot: number): ColumnTally {
    const found = this.columns[slot];
    if (!found) throw new Error(`There is no column ${slot} among those that are checked.`);
    return found;
  }
}

const keyOf = ({ column, code }: { column: string | null; code: string }) => JSON.stringify([column, code]);
