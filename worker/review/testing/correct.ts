import { createCorrection } from '@/lib/server/imports/corrections/create-correction';
import { exportRejections, type RejectionsFormat } from '@/lib/server/imports/rejections/export-rejections';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { owner } from '@/testing/people';
import { runReception, runStage, sendCorrection } from '@/worker/testing/run-import';

/** The file of an import's rejected rows. */
export async function download(record: ImportDetails, format: RejectionsFormat): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await exportRejections(record.id, format, await owner())).pieces)
    pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return Buffer.concat(pieces);
}

/** Drops a file into the review of an import. @returns the import, and the file's own state */
export async function correct(record: ImportDetails, file: Uint8Array, name = 'corrected.csv') {
  const user = await owner();
  const made = await createCorrection(record.id, { fileName: name, fileSize: file.length }, user);
  const id = await sendCorrection(record.id, made, file, user);
  const correction = await runReception(id);
  return { now: await runStage(record.id, user), correction, id };
}
