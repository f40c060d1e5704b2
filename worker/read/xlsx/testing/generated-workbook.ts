import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { randomFrom } from '@/testing/random-from';
import { workbookEntries } from './workbook-writer';
import { zipPieces } from './zip-writer';

/**
 * Writes the workbook that the README's figures are measured on: 7 columns, two of them with a different text in
 * every row, one with few, a number, a decimal, a date and a boolean. The same bytes for the same seed.
 */
export async function writeGeneratedWorkbook(path: string, rows: number, seed = 7): Promise<void> {
  const entries = workbookEntries({
    sheets: [{ name: 'Orders', rows: rowXml(rows, seed) }],
    strings: texts(rows, seed),
    formats: [14],
  });
  await pipeline(zipPieces(entries), createWriteStream(path));
}

const header = ['id', 'name', 'email', 'city', 'amount', 'ordered', 'paid'];
const cities = 200;

function* texts(rows: number, seed: number): Generator<string> {
  const random = randomFrom(seed);
  for (const name of header) yield `<t>${name}</t>`;
  for (let city = 0; city < cities; city++) yield `<t>Città ${city}</t>`;
  for (let row = 0; row < rows; row++) {
    const number = Math.floor(random() * 1e9);
    yield `<t>Customer ${row} of ${number}</t>`;
    yield `<t>customer.${row}.${number}@example.com</t>`;
  }
}

function* rowXml(rows: number, seed: number): Generator<string> {
  const random = randomFrom(seed + 1);
  const first = header.map((_, column) => `<c r="${letter(column)}1" t="s"><v>${column}</v></c>`);
  yield `<row r="1" spans="1:7" x14ac:dyDescent="0.25">${first.join('')}</row>`;
  const strings = header.length + cities;
  for (let row = 0; row < rows; row++) {
    const r = row + 2;
    yield `<row r="${r}" spans="1:7" x14ac:dyDescent="0.25"><c r="A${r}"><v>${row + 1}</v></c><c r="B${r}" t="s"><v>${
      strings + 2 * row
    }</v></c><c r="C${r}" t="s"><v>${strings + 2 * row + 1}</v></c><c r="D${r}" t="s"><v>${
      header.length + Math.floor(random() * cities)
    }</v></c><c r="E${r}"><v>${(random() * 1000).toFixed(2)}</v></c><c r="F${r}" s="1"><v>${
      43_831 + Math.floor(random() * 2_000)
    }</v></c><c r="G${r}" t="b"><v>${random() < 0.5 ? 0 : 1}</v></c></row>`;
  }
}

function letter(column: number): string {
  return String.fromCharCode(65 + column);
}
