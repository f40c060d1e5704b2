import { api } from '@/components/api/client';
import { withRetryAfter } from '@/components/api/retries';
import type { Answer } from '@/lib/shared/api/client';
import type { ImportView } from '@/lib/shared/schema/import/import';

/** What a file goes up as: an import's own, or corrected rows of it. */
export interface UploadTarget {
  importId: string;
  /** Null: the import's own file. */
  correctionId: string | null;
}

/** How an upload goes on: where to put the file, or some of the parts that the store already has. */
type UploadState = Answer<'/imports/{id}/upload/parts'>;

/** Signed addresses for some parts. */
export type SignedParts = Answer<'/imports/{id}/upload/parts', 'post'>;

/** Where a whole file goes, and what has to be sent with it. */
export type SingleAddress = Omit<Extract<UploadState, { kind: 'single' }>, 'kind'>;

/** What is stored so far: of a file in parts, those behind a number, a thousand at a time. */
export function getUploadState(
  { importId: id, correctionId }: UploadTarget,
  after = 0,
): Promise<UploadState> {
  const query = { after: after || undefined };
  return withRetryAfter(() =>
    correctionId === null
      ? api.get('/imports/{id}/upload/parts', { params: { path: { id }, query } })
      : api.get('/imports/{id}/corrections/{correctionId}/upload/parts', {
          params: { path: { id, correctionId }, query },
        }),
  );
}

/** Numbers of all parts that are stored. */
export async function storedParts(target: UploadTarget): Promise<number[]> {
  const numbers: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const state: UploadState = await getUploadState(target, after);
    if (state.kind !== 'multipart') return [];
    numbers.push(...state.parts.map(({ partNumber }) => partNumber));
    after = state.next;
  }
  return numbers;
}

/** Has addresses signed for these parts. */
export function signParts(
  { importId: id, correctionId }: UploadTarget,
  partNumbers: number[],
): Promise<SignedParts> {
  const body = { partNumbers };
  return withRetryAfter(() =>
    correctionId === null
      ? api.post('/imports/{id}/upload/parts', { params: { path: { id } }, body })
      : api.post('/imports/{id}/corrections/{correctionId}/upload/parts', {
          params: { path: { id, correctionId } },
          body,
        }),
  );
}

/**
 * Closes the upload; Sluice then looks at the file. The store knows its parts.
 * @returns the import; null of corrected rows, of which their import tells
 */
export async function completeUpload({
  importId: id,
  correctionId,
}: UploadTarget): Promise<ImportView | null> {
  if (correctionId === null)
    return withRetryAfter(() => api.post('/imports/{id}/upload/completion', { params: { path: { id } } }));
  await withRetryAfter(() =>
    api.post('/imports/{id}/corrections/{correctionId}/upload/completion', {
      params: { path: { id, correctionId } },
    }),
  );
  return null;
}
