import type { ImportView } from '@/lib/imports/contract';
import { call, patiently } from './client';

const path = (importId: string) => `/api/imports/${encodeURIComponent(importId)}/upload`;

export interface PartAddress {
  partNumber: number;
  url: string;
  size: number;
}

export interface StoredPart {
  partNumber: number;
  etag: string;
}

/** How an upload goes on: where to put the file, or which parts the store already has. */
export type UploadState =
  | { kind: 'single'; url: string }
  | { kind: 'multipart'; partSize: number; partCount: number; parts: (StoredPart & { size: number })[] };

/** Presigned addresses for these parts. */
export async function signParts(
  importId: string,
  partNumbers: number[],
  signal?: AbortSignal,
): Promise<PartAddress[]> {
  const answer = await patiently(() =>
    call<{ parts: PartAddress[] }>('POST', `${path(importId)}/parts`, { body: { partNumbers }, signal }),
  );
  return answer.parts;
}

/** Tells the server which parts are in the store, so that a reload can go on after them. */
export async function recordParts(importId: string, parts: StoredPart[]): Promise<void> {
  await patiently(() => call<{ ok: true }>('PUT', `${path(importId)}/parts`, { body: { parts } }));
}

/** What is stored so far. */
export function getUploadState(importId: string, signal?: AbortSignal): Promise<UploadState> {
  return patiently(() => call('GET', `${path(importId)}/parts`, { signal }));
}

/** Closes the upload; Sluice then looks at the file. */
export function completeUpload(importId: string, parts?: StoredPart[]): Promise<ImportView> {
  return patiently(() => call('POST', `${path(importId)}/completion`, { body: parts ? { parts } : {} }));
}
