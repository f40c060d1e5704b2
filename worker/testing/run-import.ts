import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { completeCorrection, signCorrectionParts } from '@/lib/server/imports/corrections/upload-correction';
import { createImport } from '@/lib/server/imports/create-import';
import { findImport } from '@/lib/server/imports/find-import';
import { getImport } from '@/lib/server/imports/get-import';
import { startImport } from '@/lib/server/imports/start-import';
import { completeUpload } from '@/lib/server/imports/uploads/complete-upload';
import { signParts } from '@/lib/server/imports/uploads/upload-parts';
import { db } from '@/lib/server/platform/db/client';
import type { CorrectionFile } from '@/lib/server/platform/db/generated/client';
import type { User } from '@/lib/server/platform/user';
import type { UploadWay } from '@/lib/shared/schema/file/upload';
import type { CreatedImport } from '@/lib/shared/schema/import/import';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';
import type { DuplicateRuleName, ImportModeName, RejectionChoice } from '@/lib/shared/schema/import/start';
import type { CreatedCorrection } from '@/lib/shared/schema/review/correction';
import { owner } from '@/testing/people';
import { handleCorrectionError, handleJobError } from '@/worker/jobs/fail-import';
import { inspectImport } from '@/worker/jobs/inspect';
import { receiveCorrection } from '@/worker/jobs/receive';
import { stageImport } from '@/worker/jobs/stage';

export interface RunOptions {
  name?: string;
  types?: 'infer' | 'text';
  dataset?: { id: string } | { name: string };
  columns?: MappedColumnInput[];
  shortRows?: 'reject' | 'pad';
  key?: string[];
  mode?: ImportModeName;
  duplicates?: DuplicateRuleName;
  onRejection?: RejectionChoice;
  /** Whose import it is; the owner's where absent. */
  user?: User;
}

/** Uploads bytes as a browser would. @returns the public id */
export async function upload(content: Uint8Array, name: string, user: User): Promise<string> {
  return sendTo(await createImport({ fileName: name, fileSize: content.byteLength }, user), content, user);
}

/** Puts bytes where an upload that was begun wants them. @returns the public id */
export async function sendTo(made: CreatedImport, content: Uint8Array, user: User): Promise<string> {
  const { id } = made.import;
  await send(made.upload, content, (partNumber) => signParts(id, [partNumber], user));
  await completeUpload(id, user);
  return id;
}

/** The same for a file of corrected rows. @returns its public id */
export async function sendCorrection(
  importId: string,
  { correction: { id }, upload: way }: CreatedCorrection,
  content: Uint8Array,
  user: User,
): Promise<string> {
  await send(way, content, (partNumber) => signCorrectionParts(importId, id, [partNumber], user));
  await completeCorrection(importId, id, user);
  return id;
}

async function send(
  way: UploadWay,
  content: Uint8Array,
  sign: (partNumber: number) => Promise<{ parts: { url: string }[] }>,
): Promise<void> {
  if (way.kind === 'single') return put(way.url, content, way.headers);
  const { partSize, partCount } = way;
  for (let partNumber = 1; partNumber <= partCount; partNumber++) {
    const signed = await sign(partNumber);
    const url = signed.parts[0]?.url ?? '';
    await put(url, content.subarray((partNumber - 1) * partSize, partNumber * partSize));
  }
}

async function put(url: string, content: Uint8Array, headers: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body: Buffer.from(content), headers });
  if (!answer.ok) throw new Error(`PUT answered ${answer.status}: ${await answer.text()}`);
}

/** Reads the head of an uploaded file, as the worker's job does. */
export async function runInspection(id: string, user: User): Promise<ImportDetails> {
  const internal = await findImport(id, user);
  await inspectImport(internal.id, new AbortController().signal).catch((error: unknown) =>
    handleJobError(internal.id, error, true),
  );
  return getImport(id, user);
}

/** Hands an uploaded file of corrected rows to its import, as the worker's job does. */
export async function runReception(publicId: string): Promise<CorrectionFile> {
  const { id } = await db().correctionFile.findUniqueOrThrow({ where: { publicId } });
  await receiveCorrection(id, new AbortController().signal).catch((error: unknown) =>
    handleCorrectionError(id, error, true),
  );
  return db().correctionFile.findUniqueOrThrow({ where: { id } });
}

/** Confirms the proposal (or what the options say) and queues the import. */
export async function confirm(inspected: ImportDetails, user: User, options: RunOptions = {}): Promise<void> {
  const proposed = (inspected.inspection?.columns ?? []).map(
    ({ evidence: _evidence, ambiguous, ...column }) =>
      options.types === 'text' || ambiguous ? { ...column, type: 'TEXT' as const } : column,
  );
  await startImport(
    inspected.id,
    {
      dataset: options.dataset ?? { name: inspected.file.name },
      columns: options.columns ?? proposed,
      shortRows: options.shortRows ?? 'reject',
      key: options.key,
      mode: options.mode,
      duplicates: options.duplicates ?? 'LAST',
      onRejection: options.onRejection ?? 'IMPORT_VALID',
    },
    user,
  );
}

/** Stages and publishes, as the worker's job does. */
export async function runStage(
  id: string,
  user: User,
  shutdown = new AbortController().signal,
): Promise<ImportDetails> {
  const internal = await findImport(id, user);
  await stageImport(internal.id, shutdown).catch((error: unknown) =>
    handleJobError(internal.id, error, true),
  );
  return getImport(id, user);
}

/** One file the whole way, with the verbs and jobs of the product but without waiting for the queue. */
export async function runImport(file: string | Uint8Array, options: RunOptions = {}): Promise<ImportDetails> {
  const user = options.user ?? (await owner());
  const content = typeof file === 'string' ? await readFile(file) : file;
  const id = await upload(
    content,
    options.name ?? (typeof file === 'string' ? basename(file) : 'file.csv'),
    user,
  );
  const inspected = await runInspection(id, user);
  if (inspected.status !== 'MAPPING') return inspected;
  await confirm(inspected, user, options);
  return runStage(id, user);
}
