import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { inflateLimits, openPart, type PartStream } from '@/worker/read/zip/part';
import { utf8 } from '../package/xml';
import type { Workbook } from '../workbook';
import type { CellSink } from './cell-sink';
import { SheetParser } from './sheet-parser';

/** The stored bytes of one sheet, to be read with {@link readRows}. */
export function openSheet(workbook: Workbook, sheet: { name: string; part: string }): PartStream {
  const part = workbook.directory.find(sheet.part);
  if (!part) {
    throw new ImportFailure(
      'MALFORMED_FILE',
      `The file is damaged: the sheet “${sheet.name}” is missing from it.`,
    );
  }
  return openPart(workbook.source, workbook.directory, part, inflateLimits.sheet);
}

/** A row in the making keeps the text around it, so rows far apart are given out before the sink is full. */
const pieceBytes = 8 * MiB;

/**
 * Reads the rows of a sheet into the sink and yields whenever the sink is full or much was read for little,
 * and once for the rest. The whole
 * part is read, so that its checksum is verified; leaving the loop early releases it.
 *
 * @param until inflated bytes after which to stop: a look at the head
 * @throws ImportFailure MALFORMED_FILE and others, naming the sheet
 */
export function readRows(
  bytes: PartStream,
  name: string,
  sink: CellSink,
  until = Number.POSITIVE_INFINITY,
): AsyncGenerator<void> {
  return readPieces(utf8(bytes), name, sink, until);
}

/** The same of the UTF-8 bytes of a sheet in pieces. */
export async function* readPieces(
  pieces: AsyncIterable<Buffer>,
  name: string,
  sink: CellSink,
  until = Number.POSITIVE_INFINITY,
): AsyncGenerator<void> {
  const parser = new SheetParser(sink, name);
  let size = 0;
  let yieldedAt = 0;
  for await (const piece of pieces) {
    parser.feed(piece);
    while (parser.advance()) {
      yieldedAt = size;
      yield;
    }
    size += piece.length;
    if (size - yieldedAt > pieceBytes) {
      yieldedAt = size;
      yield;
    }
    if (size > until) return;
  }
  parser.end();
  sink.endRows();
  yield;
}
