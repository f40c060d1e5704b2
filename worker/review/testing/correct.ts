import { exportRejections, type RejectionsFormat } from '@/lib/server/imports/rejections/export-rejections';
import { createCorrection } from '@/lib/server/imports/review/create-correction';
import type { ImportDetails } from '@/lib/shared/schema/imports';
import { owner } from '@/testing/people';
import { runInspection, runStage, sendTo } from '@/worker/testing/run-import';

/** The file of an import's rejected rows. */
export async function download(it: ImportDetails, format: RejectionsFormat): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await exportRejections(it.id, format, await owner())).pieces)
    pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return Buffer.concat(pieces);
}

/** Drops a file into the review of an import. @returns the import, and the file's own state */
export async function correct(it: ImportDetails, file: Uint8Array, name = 'corrected.csv') {
  const user = await owner();
  const made = await createCorrection(it.id, { fileName: name, fileSize: file.length }, user);
  const id = await sendTo(made, file, user);
  const correction = await runInspection(id, user);
  return { now: await runStage(it.id, user), correction, id };
}
