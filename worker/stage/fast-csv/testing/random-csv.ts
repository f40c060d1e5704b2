import { firstSlotInMore } from '@/lib/server/datasets/storage/cell-sql';
import { dateOrders } from '@/lib/shared/schema/dataset/column-rules';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import type { CsvLayout } from '@/worker/read/source/types';
import { headlessLayout } from '@/worker/read/testing/usual-layout';
import { type FastType, fastTypes } from '../write-checked';
import { blanks, oddValues } from './odd-values';
import { randomRules } from './random-rules';
import { below, pick, plainValue, type Random } from './random-values';

/** A cell as a file has it: mostly of its column's type, at times of another's or with something odd in it. */
function cell(random: Random, type: FastType, oddity: number): string {
  if (random() < 0.1) return '';
  if (random() < 0.05) return pick(random, blanks);
  if (random() < 0.1) return pick(random, oddValues[pick(random, fastTypes)]);
  const value = random() < 0.5 ? pick(random, oddValues[type]) : plainValue(random, type);
  if (random() >= oddity) return value;
  const odd = pick(random, [
    '"',
    '""',
    ',',
    ';',
    '\n',
    '\r\n',
    '\r',
    '\r\r\n',
    '\0',
    '\t',
    '\\',
    ' ',
    'é',
  ] as const);
  const at = below(random, value.length + 1);
  return value.slice(0, at) + odd + value.slice(at);
}

/** A file, how it is laid out, and what is made of it. */
export function generate(random: Random) {
  const delimiter = pick(random, [',', ',', ';', '\t', '|', ' ', '\\']);
  const quote = random() < 0.85 ? '"' : null;
  const newline = pick(random, ['\n', '\n', '\n', '\r\n', '\r\n', 'mixed', 'soup'] as const);
  const oddity = pick(random, [0, 0, 0.02, 0.2]);
  const carelessness = pick(random, [0, 0, 0, 0.01, 0.1]);
  const quoting = pick(random, [0, 0.1, 1]);
  const width = pick(random, [1, 1, 2, 3, 7]);
  const types = Array.from({ length: width }, () => pick(random, fastTypes));
  let text = random() < 0.15 ? '\ufeff' : '';
  const count = below(random, 40);
  for (let row = 0; row < count; row++) {
    if (random() > 0.07) {
      const isBlank = random() < 0.05;
      const ragged = random() < 0.1 ? width + below(random, 5) - 2 : width;
      const cells = Array.from({ length: Math.max(1, ragged) }, (_, i) => {
        if (isBlank) return pick(random, ['', '', '""', '" "', ...blanks]);
        const value = i < width || random() < 0.5 ? cell(random, types[i] ?? 'TEXT', oddity) : '';
        if (random() < carelessness)
          return `${pick(random, ['"', ' "', ''])}${value}${pick(random, ['"', '" ', '"x', ''])}`;
        const needs = random() < quoting || /["\r\n]/.test(value) || value.includes(delimiter);
        return needs && quote !== null ? `"${value.replaceAll('"', '""')}"` : value;
      });
      text += cells.join(delimiter);
    }
    if (newline === 'mixed') text += pick(random, ['\n', '\r\n']);
    else text += newline === 'soup' ? pick(random, ['\n', '\n', '\r\n', '\r', '\r\r\n']) : newline;
  }
  if (random() < 0.3) text = text.replace(/(?:\r\n|\r|\n)$/, '');
  const bytes = Buffer.from(text);
  if (random() < 0.1) {
    for (let i = below(random, 4); i >= 0 && bytes.length > 0; i--)
      bytes[below(random, bytes.length)] = pick(random, [0xff, 0xc3, 0xe2, 0x80, 0xf0, 0, 0x22]);
  }
  const firstRow = 1 + (random() < 0.5 ? 0 : below(random, 4));
  const layout: CsvLayout = { ...headlessLayout, delimiter, quote, escape: quote, firstRow };
  return { bytes, layout, width, types };
}

/** Some columns are left out, and slots may be in any order and leave gaps. */
export function mappingOf(random: Random, types: FastType[]): MappedColumn[] {
  const all = types.map((type, index) => ({ index, type }));
  const some = all.filter(() => random() < 0.8);
  const kept = some.length > 0 ? some : all.slice(0, 1);
  const ordered = random() < 0.3 ? kept.toReversed() : kept;
  const gap = random() < 0.3 ? 2 : 1;
  // Some or all of them have no column of their own in the table.
  const first = pick(random, [0, 0, 0, firstSlotInMore - 2, firstSlotInMore]);
  return ordered.map(({ index, type }, i) => ({
    index,
    slot: first + i * gap + (gap - 1),
    name: `column ${index}`,
    type: random() < 0.05 ? 'TEXT' : type,
    dateOrder: pick(random, [null, ...dateOrders]),
    decimalSign: pick(random, [null, '.', ','] as const),
    rules: random() < 0.5 ? null : randomRules(random, type),
  }));
}
