import type { ImportView } from '@/lib/shared/schema/imports';
import { call, withRetryAfter } from './client';

const path = (importId: string) => `/api/imports/${encodeURIComponent(importId)}/upload`;

export interface PartAddress {
  partNumber: number;
  url: string;
  size: number;
}

/** Where a whole file goes, and what has to be sent with it. */
export interface SingleAddress {
  url: string;
  headers: Record<string, string>;
}

/** How an upload goes on: where to put the file, or some of the parts that the store already has. */
export type UploadState =
  | ({ kind: 'single' } & SingleAddress)
  | {
      kind: 'multipart';
      partSize: number;
      partCount: number;
      parts: { partNumber: number; size: number }[];
      /** The number to go on after, or null at the end. */
      next: number | null;
    };

/** Presigned addresses for these parts. */
export async function signParts(
  importId: string,
  partNumbers: number[],
  signal?: AbortSignal,
): Promise<PartAddress[]> {
  const answer = await withRetryAfter(() =>
    call<{ parts: PartAddress[] }>('POST', `${path(importId)}/parts`, { body: { partNumbers }, signal }),
  );
  return answer.parts;
}

/** What is stored so far: of a file in parts, those behind a number, a thousand at a time. */
export function getUploadState(importId: string, after = 0): Promise<UploadState> {
  return withRetryAfter(() => call('GET', `${path(importId)}/parts${after ? `?after=${after}` : ''}`));
}

/** Numbers of all parts that are stored. */
export async function storedParts(importId: string): Promise<number[]> {
  const numbers: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const state: UploadState = await getUploadState(importId, after);
    if (state.kind !== 'multipart') return [];
    numbers.push(...state.parts.map(({ partNumber }) => partNumber));
    after = state.next;
  }
  return numbers;
}

/** Closes the upload; Sluice then looks at the file. The store knows its parts. */
export function completeUpload(importId: string): Promise<ImportView> {
  return withRetryAfter(() => call('POST', `${path(importId)}/completion`, { body: {} }));
}
