import type { FastType } from '../write-checked';

export type Random = () => number;
export const below = (random: Random, n: number) => Math.floor(random() * n);

export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[below(random, items.length)] ?? items[0];
}

/** A cell that its type takes, or nearly. */
export function plainValue(random: Random, type: FastType): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${1 + below(random, 9999)}`.padStart(4, '0');
  const date = `${day}-${two(1 + below(random, 12))}-${two(1 + below(random, 31))}`;
  const time = `${two(below(random, 25))}:${two(below(random, 61))}`;
  switch (type) {
    case 'INTEGER':
      return String(below(random, 10 ** below(random, 12)));
    case 'DECIMAL':
      return (random() * 10 ** below(random, 6)).toFixed(below(random, 5));
    case 'BOOLEAN':
      return random() < 0.5 ? 'true' : 'false';
    case 'DATE':
      return date;
    case 'DATETIME':
      return `${date} ${time}`;
    case 'TIME':
      return time;
    case 'TEXT':
      return Array.from({ length: below(random, 12) }, () =>
        pick(random, ['a', 'b', ' ', 'ü', '漢', '7']),
      ).join('');
  }
}
