import { readCheck } from '@/lib/server/imports/checks/read-check';
import { requestCheck } from '@/lib/server/imports/checks/request-check';
import { findImport } from '@/lib/server/imports/find-import';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import type { CheckView } from '@/lib/shared/schema/import/check';
import { type StartImportInput, startImportInput } from '@/lib/shared/schema/import/start';
import { checkImport } from '@/worker/jobs/check';
import { handleCheckError } from '@/worker/jobs/fail-import';

/** Asks for a check, and does it as the worker's job does. */
export async function runCheck(id: string, input: StartImportInput, user: User): Promise<CheckView> {
  await requestCheck(id, startImportInput.parse(input), user);
  return workOnCheck(id, user);
}

/** Does the check that was asked for last, as the worker's job does. */
export async function workOnCheck(
  id: string,
  user: User,
  shutdown = new AbortController().signal,
): Promise<CheckView> {
  const { id: importId } = await findImport(id, user);
  const { version } = await db().check.findUniqueOrThrow({ where: { importId } });
  const payload = { importId, version };
  await checkImport(payload, shutdown).catch((error: unknown) => handleCheckError(payload, error, true));
  const { check } = await readCheck(id, user);
  if (!check) throw new Error('There is no check any more.');
  return check;
}

/** The columns that are proposed for a file; those with two readings as text. */
export function proposedInput(
  inspection: { columns: { index: number; name: string; type: string; ambiguous: boolean }[] } | null,
  dataset: StartImportInput['dataset'],
): StartImportInput {
  const columns = inspection?.columns ?? [];
  return startImportInput.parse({
    dataset,
    columns: columns.map(({ ambiguous, ...column }) => (ambiguous ? { ...column, type: 'TEXT' } : column)),
  });
}
