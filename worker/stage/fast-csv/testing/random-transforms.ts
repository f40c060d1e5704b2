import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import type { PlacedTransform, TransformStep } from '@/lib/shared/schema/import/transform';
import { below, pick, type Random } from './random-values';

const words = ['a', 'true', '1', '7', 'ü', ' ', '2024-02-29', 'Žofie 😀', 'a "b" \\ \n'] as const;

function randomStep(random: Random): TransformStep {
  switch (pick(random, ['TRIM', 'CASE', 'SPLIT', 'REPLACE', 'DEFAULT'] as const)) {
    case 'TRIM':
      return { kind: 'TRIM' };
    case 'CASE':
      return { kind: 'CASE', to: pick(random, ['UPPER', 'LOWER', 'TITLE']) };
    case 'SPLIT':
      return {
        kind: 'SPLIT',
        separator: pick(random, [' ', 'a', '-', '""', '"', 'ü', '.']),
        part: pick(random, [1, 2, -1, -2]),
        rest: random() < 0.3,
      };
    case 'REPLACE':
      return {
        kind: 'REPLACE',
        values: [
          { from: pick(random, words), to: pick(random, [...words, '']) },
          { from: pick(random, words), to: pick(random, words) },
        ],
        ignoreCase: random() < 0.5,
        others: pick(random, ['KEEP', 'KEEP', 'EMPTY', 'REJECT']),
      };
    case 'DEFAULT':
      return { kind: 'DEFAULT', value: pick(random, words) };
  }
}

function randomTransform(random: Random, width: number, own: boolean): PlacedTransform {
  const steps = Array.from({ length: below(random, 4) }, () => randomStep(random));
  const indexes = Array.from({ length: 1 + below(random, 3) }, () => below(random, width));
  const joined = {
    kind: 'COLUMNS',
    columns: indexes.map((index) => `column ${index}`),
    indexes,
    separator: pick(random, ['', ' ', '-', '"']),
  } as const;
  const fixed = { kind: 'VALUE', value: pick(random, [...words, '']) } as const;
  return { from: own && random() < 0.6 ? null : pick(random, [joined, joined, fixed]), steps };
}

/** A mapping of which some columns are transformed, with columns beside that are made of others. For tests. */
export function transformed(random: Random, mapping: MappedColumn[], width: number): MappedColumn[] {
  const some = mapping.map((column) =>
    random() < 0.5 ? column : { ...column, transform: randomTransform(random, width, true) },
  );
  const slot = Math.max(...mapping.map((column) => column.slot)) + 1;
  const added = Array.from({ length: below(random, 3) }, (_, i) => ({
    ...pick(random, [mapping[0] as MappedColumn, ...mapping]),
    index: width + i,
    slot: slot + i,
    name: `added ${i}`,
    transform: randomTransform(random, width, false),
  }));
  return [...some, ...added];
}
