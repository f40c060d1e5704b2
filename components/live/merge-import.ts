import type { InfiniteData } from '@tanstack/react-query';
import type { Answer } from '@/lib/shared/api/client';
import type { ImportView } from '@/lib/shared/schema/import/import';

/** True if `a` is at least as new as `b`: answers and events may overtake each other. */
export function isAsNew(a: ImportView, b: ImportView): boolean {
  return BigInt(a.sequence) >= BigInt(b.sequence);
}

/** The newer of what is known and what came; keeps fields that only the known one has. */
export function mergeImport<T extends ImportView>(known: T, came: ImportView): T {
  return isAsNew(came, known) ? { ...known, ...came } : known;
}

/** The same for a paged list; the list itself when the import is not in it. */
export function mergeIntoPages(
  data: InfiniteData<Answer<'/imports'>>,
  came: ImportView,
): InfiniteData<Answer<'/imports'>> {
  if (!data.pages.some((page) => page.imports.some((view) => view.id === came.id))) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    imports: page.imports.map((view) => (view.id === came.id ? mergeImport(view, came) : view)),
  }));
  return { ...data, pages };
}
