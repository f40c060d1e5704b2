import type { Transaction } from '../platform/db/client';

/** A name as an address and as an SQL identifier that needs no quotes: `Umsätze 2024` → `umsatze_2024`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 48);
  if (plain === '') return 'dataset';
  return /^[0-9]/.test(plain) ? `d_${plain}` : plain;
}

/** Whether this can be a slug at all: PostgreSQL refuses some of what an address can hold (NUL). */
export function isSlug(text: string): boolean {
  return /^[a-z0-9_]{1,100}$/.test(text);
}

/** The slug of a name, numbered where it is taken. */
export async function freeSlug(tx: Transaction, name: string): Promise<string> {
  const base = slugOf(name);
  const taken = new Set(
    (await tx.dataset.findMany({ where: { slug: { startsWith: base } }, select: { slug: true } })).map(
      (d) => d.slug,
    ),
  );
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}_${number}`)) number++;
  return `${base}_${number}`;
}
