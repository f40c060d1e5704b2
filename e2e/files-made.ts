import { join } from 'node:path';
import { writeOrdersCsv } from '@/bench/write-csv';
import { writeOrdersXlsx } from '@/bench/write-xlsx';

const placed = (name: string) => join(process.env.SLUICE_E2E_FOLDER ?? '/tmp', name);

/** A CSV of that many orders. @returns its path */
export async function madeCsv(name: string, rows: number): Promise<string> {
  await writeOrdersCsv(placed(name), rows);
  return placed(name);
}

/** A workbook of that many orders, with a sheet of notes behind them. @returns its path */
export async function madeXlsx(name: string, rows: number): Promise<string> {
  await writeOrdersXlsx(placed(name), rows);
  return placed(name);
}
