import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { randomFrom } from '@/testing/random-from';

/** A made file, and what an import of it has to come to. */
export interface MadeFile {
  name: string;
  content: Buffer;
  rows: number;
  rejected: number;
  /** Of the good rows, in file order: {@link contentHash}. */
  hash: string;
}

const header = ['id', 'name', 'email', 'day', 'amount', 'note'];
const names = ['Amélie Dubois', 'Jürgen Krüger', 'Ana "Nina" Souza', '李伟', 'O’Neill, John', 'Zoë 🦋 Smith'];
const notes = ['at the back door', 'ring twice,\nthen wait', 'say "hello"', '', 'c:\\temp\\new', 'plain'];

/** The four ways in which a row is bad by construction: text as a number, no such day, a cell missing, one too many. */
const faults: ((cells: string[]) => string[])[] = [
  ([id = '', name = '', email = '', day = '', , note = '']) => [id, name, email, day, 'twelve', note],
  ([id = '', name = '', email = '', , amount = '', note = '']) => [
    id,
    name,
    email,
    '2024-02-30',
    amount,
    note,
  ],
  (cells) => cells.slice(0, 4),
  (cells) => [...cells, 'one more'],
];

/** SHA-256 over row numbers and values in order: one digest stands for the content of an import. */
export function contentHash(rows: Iterable<{ number: number; values: (string | null)[] }>): string {
  const hash = createHash('sha256');
  for (const { number, values } of rows) hash.update(`${number}:${JSON.stringify(values)}\n`);
  return hash.digest('hex');
}

function* made(
  rows: number,
  seed: number,
  faultEvery: number,
): Generator<{ cells: string[]; good: boolean }> {
  const random = randomFrom(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  for (let i = 1; i <= rows; i++) {
    const day = new Date(Date.UTC(2015, 0, 1) + Math.floor(random() * 4_000) * 86_400_000);
    const cells = [
      String(1_000_000 + i),
      pick(names),
      `customer${Math.floor(random() * 1e6)}@example.com`,
      day.toISOString().slice(0, 10),
      `${Math.floor(random() * 1e5)}.${Math.floor(random() * 9) + 1}`,
      `${pick(notes)} ${Math.floor(random() * 1e9)}`,
    ];
    // The first rows are good: types are proposed from them.
    const good = i <= 1_000 || random() > 1 / faultEvery;
    const fault = faults[Math.floor(random() * faults.length)];
    yield { cells: good || !fault ? cells : fault(cells), good };
  }
}

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * A CSV of that many rows, some of them bad. What it has to come to is found out by another parser (csv-parse) and
 * the knowledge of which rows were made bad, not by any code of the product.
 */
export function makeCsv(seed: number, rows: number): MadeFile {
  const lines = [header.join(',')];
  const bad = new Set<number>();
  let number = 1;
  for (const { cells, good } of made(rows, seed, 200)) {
    number++;
    if (!good) bad.add(number);
    lines.push(cells.map(quoted).join(','));
  }
  const content = Buffer.from(`${lines.join('\n')}\n`);
  const parsed: string[][] = parse(content, { relax_column_count: true });
  function* good() {
    for (const [index, cells] of parsed.entries()) {
      if (index === 0 || bad.has(index + 1)) continue;
      yield { number: index + 1, values: cells.map((cell) => (cell === '' ? null : cell)) };
    }
  }
  return { name: `faults ${seed}.csv`, content, rows, rejected: bad.size, hash: contentHash(good()) };
}

/** A workbook whose texts are all different and shared, so that its list of texts is large. */
export async function makeXlsx(seed: number, rows: number, noteLength = 40): Promise<MadeFile> {
  const random = randomFrom(seed);
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('Rows');
  sheet.addRow(['id', 'note', 'amount']);
  const expected: { number: number; values: (string | null)[] }[] = [];
  let rejected = 0;
  for (let i = 1; i <= rows; i++) {
    const note = `${i} ${Array.from({ length: noteLength / 10 }, () => random().toString(36).slice(2, 12)).join(' ')}`;
    const bad = i > 1_000 && random() < 1 / 200;
    const amount = Math.floor(random() * 1e5) + 0.5;
    sheet.addRow([i, note, bad ? 'twelve' : amount]);
    if (bad) rejected++;
    else expected.push({ number: i + 1, values: [String(i), note, String(amount)] });
  }
  const content = Buffer.from(await workbook.xlsx.writeBuffer());
  return { name: `faults ${seed}.xlsx`, content, rows, rejected, hash: contentHash(expected) };
}
