import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { writeOrdersCsv } from './write-csv';
import { writeOrdersXlsx } from './write-xlsx';

const folder = 'bench/data';

async function made(name: string, write: (path: string) => Promise<void>): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = `${folder}/${name}`;
  if (!existsSync(path)) await write(path);
  return path;
}

/** The CSV of that many orders in bench/data, written if it is not there. @returns its path */
export const ordersCsv = (rows: number) => made(`orders-${rows}.csv`, (path) => writeOrdersCsv(path, rows));

/** The same orders with other values: what updates every one of them. */
export const changedOrdersCsv = (rows: number) =>
  made(`orders-${rows}-changed.csv`, (path) => writeOrdersCsv(path, rows, 43));

/** The workbook of the same orders. @returns its path */
export const ordersXlsx = (rows: number) =>
  made(`orders-${rows}.xlsx`, (path) => writeOrdersXlsx(path, rows));

/** The workbook of the same orders with two strings of its own in every row, all of them shared. @returns its path */
export const uniqueStringsXlsx = (rows: number) =>
  made(`orders-unique-strings-${rows}.xlsx`, (path) => writeOrdersXlsx(path, rows, true));

if (import.meta.filename === process.argv[1]) {
  const rows = Number(process.argv[2] ?? 500_000);
  const path = await ordersCsv(rows);
  process.stdout.write(`${path}: ${rows} rows, ${((await stat(path)).size / 1e6).toFixed(1)} MB\n`);
}
