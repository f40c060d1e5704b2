import { recordOutcome } from '@/lib/server/audit/record-outcome';
import { countRejections, removeChunks } from '@/lib/server/imports/rejections/chunks';
import { transition } from '@/lib/server/imports/transition';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { MiB } from '@/lib/shared/bytes';
import { escapeFormula } from '@/lib/shared/csv/csv-cells';
import { ImportFailure } from '@/lib/shared/schema/failure';
import { ownColumns } from '@/lib/shared/schema/own-columns';
import type { Amendment } from '@/lib/shared/schema/review';
import { storedInspection } from '@/lib/shared/schema/stored-import';
import { storedAmendments } from '@/lib/shared/schema/stored-review';
import { readRows } from '../read/read';
import { digesting } from '../read/source/digest';
import { isReadOutOfOrder } from '../read/source/types';
import type { EncodePlan } from '../stage/plan';
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
 * @returns what is to be noted with the import, empty where the file was of no use; false when it stopped because the
 *   worker shuts down
 * @throws Fenced when the import was cancelled or taken over
 */
export async function takeCorrection(
  it: Import,
  plan: EncodePlan,
  shutdown: AbortSignal,
): Promise<{ amendments?: Prisma.InputJsonValue } | false> {
  const file = await db().import.findUnique({ where: { id: it.correctionId ?? 0 }, include: { user: true } });
  if (!file || file.fileDeletedAt) return {};
  const before = await countRejections(it.id);
  const read = await readCorrection(it, plan, file, shutdown);
  if (!read) return false;
  if (read === 'damaged') return {};
  await removeChunks(it.id, 'uncounted');
  const accepted = before - (await countRejections(it.id));
  const { rows, sha256, left } = read;
  const amendment: Amendment = {
    at: new Date().toISOString(),
    by: file.user.name,
    what: { kind: 'FILE', name: file.fileName, sha256, rows, accepted, ...(left.rows > 0 && { left }) },
  };
  await db().import.update({ where: { id: file.id }, data: { sha256, rowsRead: rows } });
  return { amendments: jsonValue([...storedAmendments.parse(it.amendments ?? []), amendment]) };
}

/**
 * Reads a corrected file and applies its rows.
 * @returns how many were the import's, and which of them were valid before; `damaged` when the file turned out not to be readable, which it says itself
 *   then; false when it stopped because the worker shuts down
 */
export async function readCorrection(
  it: Import,
  plan: EncodePlan,
  file: Import,
  shutdown: AbortSignal,
): Promise<{ rows: number; sha256: string; left: Left } | 'damaged' | false> {
  const source = objectSource(
    { key: file.objectKey, etag: file.etag ?? '', size: Number(file.fileSize), name: file.fileName },
    new AbortController().signal,
  );
  const digested = digesting(source, file.partSize);
  const { layout, columns } = storedInspection.parse(file.inspection);
  const places = placesIn(
    columns.map(({ name }) => name),
    storedInspection.parse(it.inspection).columns.map(({ name }) => name),
  );
  let rows = 0;
  let waiting: Correction[] = [];
  let characters = 0;
  const left: Left = { rows: 0, first: [] };
  const apply = async () => {
    const valid = await staged(it, await applyCorrections(it, plan, waiting));
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
        if ((cells[places.import] ?? '').trim() !== it.publicId || !Number.isInteger(row)) continue;
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
    const { reason, message } = error;
    await db().$transaction(async (tx) => {
      const which = { id: file.id, status: 'COMPLETED' } as const;
      const failed = { failureReason: reason, failureMessage: message };
      if ((await transition(tx, which, 'FAILED', failed)) > 0) await recordOutcome(tx, file.id);
    });
    return 'damaged';
  }
  return { rows, sha256: digested.digest.sha256(), left };
}

/** Rows that were valid before the file came. */
interface Left {
  rows: number;
  first: number[];
}

/** Those of the rows that are valid: numbers that the file does not have are nobody's. */
async function staged(it: Import, rows: number[]): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < rows.length; i += rowsLookedUp) {
    const where = { importId: it.id, rowNumber: { in: rows.slice(i, i + rowsLookedUp) } };
    const valid = await db().row.findMany({
      where,
      orderBy: { rowNumber: 'asc' },
      select: { rowNumber: true },
    });
    found.push(...valid.map(({ rowNumber }) => rowNumber));
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
