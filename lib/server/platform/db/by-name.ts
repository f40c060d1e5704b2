import { z } from '@/lib/shared/zod';

/** A list that goes by name, page by page: what its query takes. */
export const byNameQuery = z.object({
  q: z.string().trim().max(200).optional().describe('Part of a name, whatever the case.'),
  after: z
    .string()
    .max(300)
    .regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12} /)
    .optional()
    .describe('The `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type ByNameQuery = z.infer<typeof byNameQuery>;

/** The order of such a list; ids keep those apart that are called the same. */
export const byName = [{ name: 'asc' as const }, { id: 'asc' as const }];

/** What a `where` says of a page: after which name, and id, it begins. */
export function afterName(after: string | undefined) {
  if (after === undefined) return {};
  const [id, name] = [after.slice(0, 36), after.slice(37)];
  return { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] };
}

/** What leads to the next page; null at the end. */
export function nextName(page: { id: string; name: string }[], limit: number): string | null {
  const last = page.length === limit ? page.at(-1) : undefined;
  return last ? `${last.id} ${last.name}` : null;
}

/** A text as LIKE takes it: its wildcards are ordinary characters to a person who searches. */
export const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** Part of a text, whatever the case, as a `where` says it. */
export const containing = (text: string) => ({ contains: escapeLike(text), mode: 'insensitive' as const });
