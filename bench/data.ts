import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { writeOrdersCsv } from './write-csv';

/** The CSV of that many rows in bench/data, written if it is not there. @returns its path */
export async function ordersCsv(rows: number): Promise<string> {
  await mkdir('bench/data', { recursive: true });
  const path = `bench/data/orders-${rows}.csv`;
  if (!existsSync(path)) await writeOrdersCsv(path, rows);
  return path;
}

if (import.meta.filename === process.argv[1]) {
  const rows = Number(process.argv[2] ?? 500_000);
  const path = await ordersCsv(rows);
  process.stdout.write(`${path}: ${rows} rows, ${((await stat(path)).size / 1e6).toFixed(1)} MB\n`);
}
