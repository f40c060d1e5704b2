import { erasedName } from '@/lib/server/audit/erase-user';
import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { failCorrection } from '@/lib/server/imports/corrections/end-correction';
import { countRejections, removeChunks } from '@/lib/server/imports/rejections/chunks';
import { db } from '@/lib/server/platform/db/client';
import type { CorrectionFile, Import } from '@/lib/server/platform/db/generated/client';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { MiB } from '@/lib/shared/bytes';
import { escapeFormula } from '@/lib/shared/csv/csv-cells';
import { ownColumns } from '@/lib/shared/schema/file/own-columns';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { storedInspection } from '@/lib/shared/schema/import/stored-import';
import type { Amendment } from '@/lib/shared/schema/review/amendment';
import { z } from '@/lib/shared/zod';
import { readRows } from '../read/read';
import { digesting } from '../read/source/digest';
import { isReadOutOfOrder } from '../read/source/types';
import type { EncodePlan } from '../stage/plan';
import { storedObject } from '../stage/stored-object';
import { verifyBytes } from '../stage/verify-bytes';
import { applyCorrections, type Correction } from './apply-corrections';

/** Corrected rows that are held at a time: an object of rejections is written anew for each such portion. */
const rowsAtATime = 10_000;
const charactersAtATime = 4 * MiB;
const rowsLookedUp = 500;
/** Rows left alone whose numbers are told. */
const rowsNamed = 20;

/**
 * Takes the rows of a corrected file into the import whose rejections they were, matched by import and row number.
 * Rows that are not rejected (any more), or come back as they were given out, are left alone: the first are counted. Each portion commits by
 * itself, so an attempt that dies is begun anew: what it accepted is not rejected any more.
 * @returns what is to be noted with its review, null where the file was of no use; false when it stopped because the
 *   worker shuts down
 * @throws Fenced when the import was cancelled or taken over
 */
export async function takeCorrection(
  record: Import,
  plan: EncodePlan,
  shutdown: AbortSignal,
): Promise<Amendment | null | false> {
  const file = await db().correctionFile.findUnique({
    where: { id: record.correctionId ?? 0 },
    include: { user: true },
  });
  if (!file || file.fileDeletedAt) return null;
  const before = await countRejections(record.id);
  const read = await readCorrection(record, plan, file, shutdown);
  if (!read) return false;
  if (read === 'damaged') return null;
  await removeChunks(record.id, 'uncounted');
  const accepted = before - (await countRejections(record.id));
  const { rows, sha256, left } = read;
  const amendment: Amendment = {
    at: new Date().toISOString(),
    by: file.user?.name ?? erasedName,
    what: { kind: 'FILE', name: file.fileName, sha256, rows, accepted, ...(left.rows > 0 && { left }) },
  };
  await db().correctionFile.update({ where: { id: file.id }, data: { sha256, rowsRead: rows } });
  return amendment;
}

/**
 * Reads a corrected file and applies its rows.
 * @returns how many were the import's, and which of them were valid before; `damaged` when the file turned out not to be readable, which it says itself
 *   then; false when it stopped because the worker shuts down
 */
export async function readCorrection(
  record: Import,
  plan: EncodePlan,
  file: CorrectionFile,
  shutdown: AbortSignal,
): Promise<{ rows: number; sha256: string; left: Left } | 'damaged' | false> {
  const { object, partSize } = await storedObject(file);
  const source = objectSource(object, new AbortController().signal);
  const digested = digesting(source, partSize);
  const { layout, columns } = storedInspection.parse(file.inspection);
  const places = placesIn(
    columns.map(({ name }) => name),
    storedInspection.parse(record.inspection).columns.map(({ name }) => name),
  );
  let rows = 0;
  let waiting: Correction[] = [];
  let characters = 0;
  const left: Left = { rows: 0, first: [] };
  const apply = async () => {
    const valid = await staged(plan.target, await applyCorrections(record, plan, waiting));
    left.rows += valid.length;
    left.first.push(...valid.slice(0, rowsNamed - left.first.length));
    waiting = [];
    characters = 0;
  };
  try {
    // A workbook is read here and there, so its bytes are digested in a pass of their own.
    if (isReadOutOfOrder(layout)) for await (const _chunk of digested.source.stream());
    const batches = readRows(isReadOutOfOrder(layout) ? source : digested.source, layout, null);
    for await (const batch of batches) {
      const faulty = new Set(batch.problems.map(({ row }) => row));
      for (const [i, cells] of batch.rows.entries()) {
        const row = Number(cells[places.row] ?? '');
        // Of another import, or a row that was added: there is nothing that it could correct.
        if ((cells[places.import] ?? '').trim() !== record.publicId || !Number.isInteger(row)) continue;
        rows++;
        if (faulty.has(batch.numbers[i] ?? 0)) continue;
        const rest = places.rest === undefined ? '' : (cells[places.rest] ?? '');
        const corrected = places.columns.map((place) =>
          place === undefined ? undefined : (cells[place] ?? ''),
        );
        waiting.push({ row, cells: corrected, rest });
        characters += cells.reduce((sum, cell) => sum + cell.length, 0);
      }
      if (shutdown.aborted) return false;
      if (waiting.length >= rowsAtATime || characters >= charactersAtATime) await apply();
    }
    await apply();
    await verifyBytes(file, digested.digest);
  } catch (error) {
    // Its fault is not the import's, which keeps what was good until there.
    if (!(error instanceof ImportFailure)) throw error;
    await failCorrection(file.id, error);
    return 'damaged';
  }
  return { rows, sha256: digested.digest.sha256(), left };
}

/** Rows that were valid before the file came. */
interface Left {
  rows: number;
  first: number[];
}

const foundRows = z.array(z.object({ row: z.number() }));

/** Those of the rows that are valid: numbers that the file does not have are nobody's. */
async function staged({ number, importId }: RowTarget, rows: number[]): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < rows.length; i += rowsLookedUp) {
    const valid = await db().$queryRawUnsafe(
      `select "_row" as row from ${inSchema(number, 'rows')}
       where "_import" = $1::int and "_row" = any ($2::int[]) order by "_row"`,
      importId,
      rows.slice(i, i + rowsLookedUp),
    );
    found.push(...foundRows.parse(valid).map(({ row }) => row));
  }
  return found;
}

interface Places {
  import: number;
  row: number;
  rest: number | undefined;
  /** For each column of the import's file where it stands in the corrected one. */
  columns: (number | undefined)[];
}

/** Columns may have been moved or taken out. Those that the file of the import calls alike come after ours. */
function placesIn(header: string[], columns: string[]): Places {
  const at = (name: string) => {
    const place = header.indexOf(name);
    return place < 0 ? undefined : place;
  };
  return {
    import: at(ownColumns.import) ?? 0,
    row: at(ownColumns.row) ?? 1,
    rest: at(ownColumns.rest),
    columns: columns.map((name) => at(name) ?? at(escapeFormula(name))),
  };
}
