import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const header = 'order_id,customer,email,ordered_on,amount,paid,note';
const names = [
  'Amélie Dubois',
  'Jürgen Krüger',
  'Ana Souza',
  'Wei Chen',
  'Fatima Al-Sayed',
  'John O’Neill',
  'Zoë Smith',
];
const words =
  'express delivery to the back door please ring twice and leave it with the neighbour if nobody answers'.split(
    ' ',
  );

/** A small generator with a fixed seed (Numerical Recipes' LCG): the same file on every machine. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

/**
 * Data rows in the shape of a shop's orders: 7 columns, about 128 bytes a row.
 * @param seed another one gives the same orders with other values
 */
export function* orderRows(rows: number, seed = 42): Generator<string[]> {
  const random = randomFrom(seed);
  for (let i = 1; i <= rows; i++) {
    const name = names[random(names.length)] ?? '';
    const day = new Date(Date.UTC(2015, 0, 1) + random(4_000) * 86_400_000).toISOString().slice(0, 10);
    const from = random(words.length - 8);
    const note = words.slice(from, from + 8).join(' ');
    yield [
      String(1_000_000 + i),
      `${name} ${random(10_000)}`,
      `customer${random(1_000_000)}@example.com`,
      day,
      `${random(100_000)}.${String(random(100)).padStart(2, '0')}`,
      random(2) === 0 ? 'true' : 'false',
      i % 50 === 0 ? `${note}, "${words[random(words.length)] ?? ''}"` : note,
    ];
  }
}

function record(cells: string[]): string {
  return `${cells.map((c) => (/[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')}\n`;
}

/** Writes a CSV of that many rows. */
export async function writeOrdersCsv(path: string, rows: number, seed?: number): Promise<void> {
  const out = createWriteStream(path);
  let text = `${header}\n`;
  for (const cells of orderRows(rows, seed)) {
    text += record(cells);
    if (text.length > 1 << 20) {
      if (!out.write(text)) await once(out, 'drain');
      text = '';
    }
  }
  out.end(text);
  await finished(out);
}

export const orderColumns = header.split(',');
