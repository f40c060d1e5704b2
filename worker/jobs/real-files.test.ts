import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';

openDatabase();

const corpus = resolve('../shared/corpus/real');

/** Data rows as an independent parser finds them; `plain` where csv-parse with its defaults reads the file rightly. */
const files: [name: string, rows: number, rejected: number, plain?: 'plain'][] = [
  ['538__bechdel-movies.csv', 1_794, 0, 'plain'],
  ['538__congress-demographics-data_aging_congress.csv', 29_120, 0, 'plain'],
  // A title, a header on row 3, 831 players; the 32 with #N/A and the like are rejected with their cell.
  ['538__lebron-lebron.xlsx', 831, 32],
  ['538__obama-commutations-obama_commutations.csv', 6_916, 0, 'plain'],
  // The first visible sheet of three.
  ['538__reluctant-trump-may_2017_responses.xlsx', 144, 0],
  // Mac Roman: csv-parse would read the bytes as UTF-8.
  ['538__twitter-ratio-realDonaldTrump.csv', 3_232, 0],
  ['csvjl__SacramentocrimeJanuary2006.csv', 7_584, 0, 'plain'],
  ['csvjl__Sacramentorealestatetransactions.csv', 985, 0, 'plain'],
  ['csvjl__heat_flux.dat', 16_001, 0],
  ['csvjl__latest_(1).csv', 1_000, 0],
  ['csvjl__promotions.csv', 10_000, 0, 'plain'],
  ['duckdb__16857.csv', 210, 0],
  // A sentence, blank lines, then six addresses without a header: the sentence is preamble, not a row.
  ['duckdb__17738.csv', 6, 0],
  ['duckdb__auto-titlebasicsdebug.tsv', 3_002, 0],
  ['duckdb__drug_exposure.csv', 4_113, 0, 'plain'],
  ['duckdb__issue_16098.csv', 3_000, 0],
  // Three kinds of record with widths of their own in one file: those of the widest kind fit the table.
  ['duckdb__public_daily_sample.csv', 5_956, 4_515],
  ['duckdb__real-imdb_movie_info_escaped.csv', 201, 0],
  ['duckdb__real-nfc_normalization.csv', 18_803, 0],
  ['duckdb__real-web_page.csv', 60, 0],
  ['duckdb__soccer_kaggle.csv', 14, 0],
  ['duckdb__test_apple_financial.csv.gz', 2, 0],
  ['duckdb__titanic.csv', 891, 0, 'plain'],
  ['duckdb__who.csv.gz', 7_240, 0],
];

/** Rows of nothing but blanks, which are left out and counted: commas alone, and in the second file spaces of Unicode. */
const blankRows: Record<string, number> = {
  '538__obama-commutations-obama_commutations.csv': 161,
  'duckdb__real-nfc_normalization.csv': 15,
};

const isFilled = (row: string[]) => row.some((cell) => cell.trim() !== '');

async function exported(slug: string): Promise<string> {
  const dataset = await findDataset(slug, await owner());
  let text = '';
  for await (const piece of exportRows(dataset, { format: 'csv' })) text += piece;
  return text;
}

if (existsSync(corpus)) {
  describe('real files, all cells as text', () => {
    it.each(files)('%s: %i rows', async (name, rows, rejected, plain) => {
      const done = await runImport(resolve(corpus, name), { types: 'text' });
      expect(done.failure).toBeNull();
      expect(done.rows).toMatchObject({ read: rows, inserted: rows - rejected, rejected });
      if (name in blankRows) expect(done.rowsLeftOut).toBe(blankRows[name]);
      if (!plain) return;
      const options = { relax_column_count: true, bom: true };
      const there: string[][] = parse(await readFile(resolve(corpus, name)), options);
      const here: string[][] = parse(await exported(done.dataset?.slug ?? ''), options);
      expect(here.slice(1)).toEqual(there.slice(1).filter(isFilled));
    });

    it('csvjl__GSM2230757_human1_umifm_counts.csv: too wide, and says so', async () => {
      const done = await runImport(resolve(corpus, 'csvjl__GSM2230757_human1_umifm_counts.csv'));
      expect(done).toMatchObject({ status: 'FAILED', failure: { reason: 'TOO_MANY_COLUMNS' } });
      expect(done.failure?.message).toContain('20,128');
    });
  });

  describe('real files, with the proposed types', () => {
    it.each(files)('%s balances', async (name, rows) => {
      const done = await runImport(resolve(corpus, name));
      expect(done.status).toBe('COMPLETED');
      expect(done.rows.read).toBe(rows);
      expect(done.rows.inserted + done.rows.rejected).toBe(rows);
    });
  });
} else {
  it('needs no files that are not there', () => expect(existsSync('e2e/files/csv')).toBe(true));
}
