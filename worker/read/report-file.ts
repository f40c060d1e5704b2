import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { FileError, statFile } from '@/lib/cli/open-file';
import { readingNotes } from '@/lib/shared/csv/encoding/warnings';
import { findTables } from '@/lib/shared/csv/sniff/tables';
import { ImportFailure } from '@/lib/shared/schema/failure';
import { inspect } from './inspect';
import { readRows } from './read';
import { localSource } from './source/local-source';
import type { ByteSource, Inspection, LayoutChoices, Problem } from './source/types';
import { csvLine } from './write-csv';

/** What the reader made of one file: its layout and columns, rows and rejections, or why it failed. */
export type Report = Record<string, unknown> & { file: string };

/** What no text file can hold as it was; other problems are the import's to judge. */
const unwritable = new Set<Problem['code']>(['invalid-encoding', 'nul-byte', 'cell-too-large']);

/**
 * Reads one file into `out/NAME.csv`; a failure of any kind becomes part of its report.
 *
 * @param choices what is said of its layout instead of being detected
 * @param out directory to write to; nothing is written without it
 */
export async function reportFile(
  file: string,
  out: string | undefined,
  choices: LayoutChoices = {},
): Promise<Report> {
  const target = out === undefined ? null : join(out, `${basename(file)}.csv`);
  let inspection: Inspection | null = null;
  try {
    await statFile(file);
    const source = await localSource(file);
    inspection = await inspect(source, choices);
    const { rows, problems } = await copyRows(source, inspection, target);
    return {
      file,
      ...described(inspection, choices),
      rows,
      rejections: rejections(problems),
    };
  } catch (error) {
    if (target !== null) await rm(target, { force: true });
    const failureReason =
      error instanceof ImportFailure ? error.reason : error instanceof FileError ? 'NO_FILE' : 'INTERNAL';
    const message = error instanceof Error ? error.message : String(error);
    return { file, ...(inspection === null ? {} : described(inspection, choices)), failureReason, message };
  }
}

/**
 * Writes the header and every row that text can hold. A row with doubtful quotes or a formula error is written
 * as it was read and reported as well; one with a NUL or undecodable bytes is only reported.
 */
async function copyRows(source: ByteSource, inspection: Inspection, target: string | null) {
  const { columns, layout } = inspection;
  const output = target === null ? null : createWriteStream(target);
  const problems: Problem[] = [];
  let rows = 0;
  output?.write(csvLine(columns, columns.length));
  try {
    for await (const batch of readRows(source, layout)) {
      const lost = new Set(batch.problems.filter(({ code }) => unwritable.has(code)).map(({ row }) => row));
      problems.push(...batch.problems);
      const kept = batch.rows.filter((_, i) => !lost.has(batch.numbers[i] ?? 0));
      rows += kept.length;
      const text = kept.map((cells) => csvLine(cells, columns.length)).join('');
      if (output !== null && !output.write(text)) await once(output, 'drain');
    }
  } finally {
    output?.end();
    if (output !== null) await finished(output);
  }
  return { rows, problems };
}

/** One entry a row, with everything that is wrong with it. */
function rejections(problems: Problem[]): { row: number; reason: string }[] {
  const reasons = new Map<number, Set<string>>();
  for (const { row, reason } of problems) reasons.set(row, (reasons.get(row) ?? new Set()).add(reason));
  return [...reasons].map(([row, all]) => ({ row, reason: [...all].join(' ') }));
}

function described(
  { layout, columns, sample, leftOut, encodings = [], warnings }: Inspection,
  { encoding = null }: { encoding?: string | null },
): Record<string, unknown> {
  const first = { row: layout.headerRow ?? layout.firstRow, cells: columns };
  const tables = layout.format === 'csv' ? findTables([first, ...sample]) : [];
  const notes = [...readingNotes(encodings, encoding), ...warnings, ...leftOut.map(({ says }) => says)];
  return { ...layout, tables, columns, encodings, warnings: notes };
}
