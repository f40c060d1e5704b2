import type { ImportDraft } from '@/lib/shared/schema/import/draft';

/** The newest draft of each import that was changed in this page, and since when the server has it. */
const newest = new Map<string, { draft: ImportDraft; keptAt: number | null }>();

/** A draft was changed here, and the server does not have it yet. */
export function noteOwnDraft(importId: string, draft: ImportDraft): void {
  newest.set(importId, { draft, keptAt: null });
}

/** The server has this draft, unless it was changed again meanwhile. */
export function noteKept(importId: string, draft: ImportDraft): void {
  if (newest.get(importId)?.draft === draft) newest.set(importId, { draft, keptAt: performance.now() });
}

/** There is no draft any more. */
export function forgetOwnDraft(importId: string): void {
  newest.delete(importId);
}

/**
 * The draft that an answer of the server may not know yet.
 * @param askedAt when it was asked (`performance.now()`)
 */
export function draftSince(importId: string, askedAt: number): ImportDraft | undefined {
  const own = newest.get(importId);
  return own && (own.keptAt === null || own.keptAt >= askedAt) ? own.draft : undefined;
}
