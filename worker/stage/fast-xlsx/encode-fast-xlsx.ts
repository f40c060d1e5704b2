import { KiB } from '@/lib/shared/bytes';
import type { ByteSource, Position, XlsxLayout } from '@/worker/read/source/types';
import { utf8 } from '@/worker/read/xlsx/package/xml';
import { type OpenTable, openTable, tableRows } from '@/worker/read/xlsx/read';
import { readPrologue } from '@/worker/read/xlsx/sheet/prologue';
import { encodeBatches } from '../encode-batches';
import type { EncodedBatch } from '../encoded-batch';
import { PieceWindow } from '../fast-csv/piece-window';
import { RowCollector } from '../fast-csv/row-collector';
import type { EncodePlan } from '../plan';
import { before, SheetEncoder } from './sheet-encoder';

/** Bytes of the sheet that are taken at a time. */
const pieceBytes = 128 * KiB;
/** Bytes of tuples that are handed on at once. */
const batchBytes = 128 * KiB;
const nothing = Buffer.alloc(0);

/**
 * Reads, checks and encodes the rows of a sheet without making strings of its cells: the outcome is that of
 * `encodeBatches(readXlsx(…))`. Wherever the markup is not what spreadsheet programs write it goes that way itself,
 * for one row or for the rest of the sheet.
 *
 * @param from continues after this row, wherever that came from
 * @param piece bytes of the sheet to take at a time; a row may be longer
 * @throws ImportFailure as `readXlsx` does; errors of the source pass through
 */
export async function* encodeFastXlsx(
  source: ByteSource,
  layout: XlsxLayout,
  plan: EncodePlan,
  from: Position | null,
  piece = pieceBytes,
): AsyncGenerator<EncodedBatch> {
  const table = await openTable(source, layout, from);
  const pieces = utf8(table.bytes);
  try {
    yield* encodeTable(table, pieces, plan, from?.row ?? 0, piece);
  } finally {
    await pieces.return(undefined);
    table.options.strings.dispose();
  }
}

async function* encodeTable(
  table: OpenTable,
  pieces: AsyncGenerator<Buffer>,
  plan: EncodePlan,
  givenOut: number,
  piece: number,
): AsyncGenerator<EncodedBatch> {
  const head = await readHead(pieces);
  if (head.rows === null) {
    yield* encodeBatches(tableRows(table, chained([head.whole], pieces), givenOut), plan);
    return;
  }
  const rows = new RowCollector(plan, 2 * batchBytes);
  const encoder = new SheetEncoder(rows, table.options);
  const window = new PieceWindow(2 * piece);
  let chunk = head.rows;
  for (let final = false; ; ) {
    do {
      chunk = chunk.subarray(window.fill(chunk));
      if (window.fresh < piece && !final) continue;
      for (let more = true; more; ) {
        more = encoder.encode(window, final);
        const { row, left, done } = encoder;
        if (rows.size < batchBytes && !rows.isFull && !left && !done) continue;
        const taken = rows.take();
        if (taken) yield { ...taken, position: { row, offset: null, line: row }, bytes: table.progress() };
      }
      if (encoder.left) {
        const rest = chained([Buffer.from(before), window.rest(), chunk], pieces);
        const last = Math.max(givenOut, encoder.row);
        yield* encodeBatches(tableRows(table, rest, last, encoder.row), plan);
        return;
      }
    } while (chunk.length > 0 && !encoder.done);
    if (encoder.done) break;
    const next = await pieces.next();
    final = next.done === true;
    chunk = next.done === true ? nothing : next.value;
  }
  // To its end, so that its checksum is verified.
  for await (const _piece of pieces);
}

/** What stands before the rows. @returns the bytes behind it; null where the usual way has to read all of it */
async function readHead(pieces: AsyncGenerator<Buffer>): Promise<{ whole: Buffer; rows: Buffer | null }> {
  let whole: Buffer = nothing;
  for (;;) {
    const next = await pieces.next();
    if (next.done) return { whole, rows: null };
    whole = whole.length === 0 ? next.value : Buffer.concat([whole, next.value]);
    const prologue = readPrologue(whole.toString('latin1'));
    if (prologue === 'more') continue;
    const isPlain = prologue !== 'unusual' && !prologue.isEmpty;
    return { whole, rows: isPlain ? whole.subarray(prologue.end) : null };
  }
}

async function* chained(first: Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* first;
  yield* rest;
}
