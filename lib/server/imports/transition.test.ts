import { expect, it } from 'vitest';
import { statuses } from '@/lib/shared/schema/import/status';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { db } from '../platform/db/client';
import type { ImportStatus } from '../platform/db/generated/enums';
import { Fenced } from '../platform/errors';
import { createImport } from './create-import';
import { transition, transitionAsAttempt, updateAsAttempt } from './transition';

openDatabase();

let importId: number | undefined;

/** An import with a status, as if by a history of its own. */
async function importWith(status: ImportStatus): Promise<number> {
  if (importId === undefined) {
    const made = await createImport({ fileName: 'a.csv', fileSize: 1 }, await owner());
    importId = (await db().import.findUniqueOrThrow({ where: { publicId: made.import.id } })).id;
  }
  await db().import.update({ where: { id: importId }, data: { status, attempt: 3 } });
  return importId;
}

const statusOf = async (id: number) => (await db().import.findUniqueOrThrow({ where: { id } })).status;

/** All statuses that an import with one of them may get. */
async function reachable(from: ImportStatus): Promise<ImportStatus[]> {
  const found: ImportStatus[] = [];
  for (const to of statuses) {
    const id = await importWith(from);
    const moved = await transition(db(), { id }, to);
    expect(await statusOf(id)).toBe(moved === 1 ? to : from);
    if (moved === 1) found.push(to);
  }
  return found;
}

it('leads from each status to those that may follow it, and to no other', async () => {
  const ends = ['FAILED', 'CANCELLED'];
  expect(await reachable('UPLOADING')).toEqual(['INSPECTING', ...ends]);
  expect(await reachable('INSPECTING')).toEqual(['MAPPING', 'COMPLETED', ...ends]);
  expect(await reachable('MAPPING')).toEqual(['INSPECTING', 'QUEUED', ...ends]);
  expect(await reachable('QUEUED')).toEqual(['STAGING', ...ends]);
  expect(await reachable('STAGING')).toEqual(['STAGING', 'REVIEW', 'PUBLISHING', ...ends]);
  expect(await reachable('REVIEW')).toEqual(['QUEUED', 'PUBLISHING', ...ends]);
  expect(await reachable('PUBLISHING')).toEqual(['REVIEW', 'COMPLETED', ...ends]);
  expect(await reachable('COMPLETED')).toEqual(['UNDONE', 'FAILED']);
  expect(await reachable('UNDONE')).toEqual(['COMPLETED']);
  expect(await reachable('FAILED')).toEqual([]);
  expect(await reachable('CANCELLED')).toEqual([]);
});

it('changes nothing else of an import that it does not move', async () => {
  const id = await importWith('CANCELLED');
  expect(await transition(db(), { id }, 'COMPLETED', { rowsRead: 7 })).toBe(0);
  expect(await db().import.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'CANCELLED',
    rowsRead: 0,
  });
});

it('a worker changes only what is its own attempt’s, and still under way', async () => {
  const id = await importWith('STAGING');
  await updateAsAttempt(db(), { id, attempt: 3 }, { task: 'RESOLVE' });
  expect((await db().import.findUniqueOrThrow({ where: { id } })).task).toBe('RESOLVE');
  await expect(updateAsAttempt(db(), { id, attempt: 2 }, { task: 'READ' })).rejects.toThrow(Fenced);
  await expect(transitionAsAttempt(db(), { id, attempt: 2 }, 'PUBLISHING')).rejects.toThrow(Fenced);
  await transitionAsAttempt(db(), { id, attempt: 3 }, 'PUBLISHING');
  await importWith('CANCELLED');
  await expect(updateAsAttempt(db(), { id, attempt: 3 })).rejects.toThrow(Fenced);
  await expect(transitionAsAttempt(db(), { id, attempt: 3 }, 'COMPLETED')).rejects.toThrow(Fenced);
  expect(await db().import.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'CANCELLED',
    task: 'RESOLVE',
  });
});
