import type { RowCounts } from '@/lib/shared/schema/import/import';
import type { DuplicateRuleName, ImportModeName } from '@/lib/shared/schema/import/start';

/** A row of a file, by column name; null for an empty cell. Cells are as they are stored. */
export type ModelRow = Record<string, string | null>;

export interface ModelFile {
  columns: string[];
  /** In file order; `bad` rows fit no column type. */
  rows: { rowNumber: number; cells: ModelRow; bad: boolean }[];
  mode: ImportModeName;
  duplicates: DuplicateRuleName;
}

interface Version {
  values: ModelRow;
}

interface ModelImport {
  number: number;
  publishedRevision: number;
  mode: ImportModeName;
  undone: boolean;
  /** Its rows are not kept any more. */
  expired: boolean;
  writes: Map<string, Version>;
}

/**
 * A dataset with a key as anybody would write it down: a list of imports, each with what it wrote, and nothing that is
 * kept beside it. What the product does with indexes, places and revisions must come to the same.
 */
export class Model {
  readonly imports: ModelImport[] = [];
  /** Where each key stands: in the order in which keys were first written. */
  private readonly places = new Map<string, { number: number; rowNumber: number }>();
  private revision = 0;

  constructor(
    private readonly columns: string[],
    private readonly keyOf: (row: ModelRow) => string | null,
  ) {}

  /** The imports that readers see, in the order in which they were published. */
  seen(except: ModelImport[] = []): ModelImport[] {
    const standing = this.imports
      .filter((record) => !record.undone && !except.includes(record))
      .sort((a, b) => a.publishedRevision - b.publishedRevision);
    const replaced = standing.findLastIndex(({ mode }) => mode === 'REPLACE');
    return standing.slice(Math.max(0, replaced));
  }

  private state(except: ModelImport[] = []): Map<string, { by: ModelImport; version: Version }> {
    const rows = new Map<string, { by: ModelImport; version: Version }>();
    for (const by of this.seen(except)) {
      for (const [key, version] of by.writes) rows.set(key, { by, version });
    }
    return rows;
  }

  /** The rows in their order, as records of cells. */
  rows(): (string | null)[][] {
    return [...this.state()]
      .map(([key, { version }]) => ({ place: this.places.get(key), version }))
      .sort(
        (a, b) =>
          (a.place?.number ?? 0) - (b.place?.number ?? 0) ||
          (a.place?.rowNumber ?? 0) - (b.place?.rowNumber ?? 0),
      )
      .map(({ version }) => this.columns.map((column) => version.values[column] ?? null));
  }

  /** Imports a file. @returns its account */
  import({ columns, rows, mode, duplicates }: ModelFile): RowCounts {
    const before = this.state();
    const blank = Object.fromEntries(this.columns.map((column) => [column, null]));
    const counts: RowCounts = {
      read: rows.length,
      inserted: 0,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      rejected: 0,
    };
    const good = rows.filter(({ bad }) => !bad);
    const of = new Map<string, number[]>();
    for (const { rowNumber, cells } of good) {
      const key = this.keyOf(cells);
      if (key !== null) of.set(key, [...(of.get(key) ?? []), rowNumber]);
    }
    const number = this.imports.length + 1;
    const writes = new Map<string, Version>();
    for (const { rowNumber, cells, bad } of rows) {
      const key = bad ? null : this.keyOf(cells);
      if (key === null) {
        counts.rejected++;
        continue;
      }
      const same = of.get(key) ?? [];
      const counting = duplicates === 'LAST' ? same.at(-1) : duplicates === 'FIRST' ? same[0] : undefined;
      if (same.length > 1 && counting !== rowNumber) {
        counts[duplicates === 'REJECT' ? 'rejected' : 'skipped']++;
        continue;
      }
      const there = before.get(key)?.version.values;
      const own = Object.fromEntries(columns.map((column) => [column, cells[column] ?? null]));
      // A replacement writes every row, as the file has it alone, and is told by what that changes.
      const outcome = outcomeOf(
        mode,
        there,
        mode === 'REPLACE' ? { ...blank, ...own } : { ...there, ...own },
      );
      counts[outcome]++;
      if (outcome === 'inserted' || mode === 'REPLACE') writes.set(key, { values: own });
      if (outcome === 'updated' && mode !== 'REPLACE') writes.set(key, { values: { ...there, ...own } });
      if (writes.has(key) && !this.places.has(key)) this.places.set(key, { number, rowNumber });
    }
    this.revision++;
    this.imports.push({
      number,
      publishedRevision: this.revision,
      mode,
      undone: false,
      expired: false,
      writes,
    });
    return counts;
  }

  /** The imports that go with one when it is undone in order. */
  inOrder(subject: ModelImport): ModelImport[] {
    const going = [subject];
    const later = this.imports
      .filter((record) => !record.undone && record.publishedRevision > subject.publishedRevision)
      .sort((a, b) => a.publishedRevision - b.publishedRevision);
    for (const record of later) {
      const touches = [...record.writes.keys()].some((key) => going.some((record) => record.writes.has(key)));
      if (record.mode === 'REPLACE' || touches) going.push(record);
    }
    return going;
  }

  turn(imports: ModelImport[], undone: boolean): void {
    this.revision++;
    for (const record of imports) record.undone = undone;
  }

  /** An undone import loses its rows, for good. A key that nothing else ever wrote has no place any more. */
  expire(record: ModelImport): void {
    record.expired = true;
    record.writes.clear();
    for (const key of this.places.keys()) {
      if (!this.imports.some(({ writes }) => writes.has(key))) this.places.delete(key);
    }
  }

  private isAlike(a: ModelRow, b: ModelRow): boolean {
    return this.columns.every((column) => (a[column] ?? null) === (b[column] ?? null));
  }

  /** What undoing an import alone would do. */
  preview(subject: ModelImport) {
    const before = this.state();
    const after = this.state([subject]);
    const shown = [...before].filter(([, { by }]) => by === subject).map(([key]) => key);
    const back = [...after].filter(([key, { version }]) => before.get(key)?.version !== version);
    const unchanged = back.filter(([key, { version }]) => {
      const now = before.get(key)?.version.values;
      return subject.mode === 'REPLACE' && now && this.isAlike(now, version.values);
    });
    const restored = back.filter(([key]) => !before.has(key)).length;
    return {
      rowsBefore: before.size,
      rowsAfter: after.size,
      removed: shown.filter((key) => !after.has(key)).length,
      earlier: back.length,
      restored,
      unchanged: unchanged.length,
      reverted: back.length - restored - unchanged.length,
      kept: subject.writes.size - shown.length,
    };
  }
}

function outcomeOf(
  mode: ImportModeName,
  there: ModelRow | undefined,
  wanted: ModelRow,
): Exclude<keyof RowCounts, 'read'> {
  const changed =
    there &&
    Object.keys({ ...there, ...wanted }).some((name) => (there[name] ?? null) !== (wanted[name] ?? null));
  switch (mode) {
    case 'APPEND':
      return there ? 'rejected' : 'inserted';
    case 'INSERT':
      return there ? 'skipped' : 'inserted';
    case 'UPDATE':
      return !there ? 'skipped' : changed ? 'updated' : 'unchanged';
    case 'UPSERT':
    case 'REPLACE':
      return !there ? 'inserted' : changed ? 'updated' : 'unchanged';
    default:
      return mode satisfies never;
  }
}
