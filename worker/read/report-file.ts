import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { chooseColumns } from '@/lib/cli/import/choose-columns';
import { layoutNotes } from '@/lib/cli/import/layout-options';
import { FileError, statFile } from '@/lib/cli/import/open-file';
import { widthsOf, wrongWidth } from '@/lib/server/datasets/validate/row-check';
import { isBlankRow } from '@/lib/shared/blank';
import { inferColumns } from '@/lib/shared/columns/infer/infer-column';
import { readingNotes } from '@/lib/shared/csv/encoding/warnings';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { findTables } from '@/lib/shared/csv/sniff/tables';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { inspect, rowWidths } from './inspect';
import { readRows } from './read';
import { localSource } from './source/local-source';
import type { ByteSource, Inspection, LayoutChoices, Problem } from './source/types';
import { csvLine } from './write-csv';

/** What the reader made of one file: its layout and columns, rows and rejections, or why it failed. */
export type Report = Record<string, unknown> & { file: string };

/** Problems that no text file can represent; the import decides on all others. */
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
    const { problems, ...counts } = await copyRows(source, inspection, target);
    return {
      file,
      ...described(inspection, choices),
      ...counts,
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

/** What is wrong with a row, or with one of its cells. */
type Fault = Pick<Problem, 'row' | 'reason'>;

/**
 * Writes the header and every row of the table that text can hold, without those that an import leaves out. A row with
 * doubtful quotes, a formula error or too many cells is written as it was read and reported as well; one with a NUL or
 * undecodable bytes is only reported.
 */
async function copyRows(source: ByteSource, inspection: Inspection, target: string | null) {
  const { columns, layout } = inspection;
  const output = target === null ? null : createWriteStream(target);
  const none = new LeftOutSet(layout.leftOut ?? []);
  const widths = widthsOf(columns.length, { shortRows: 'reject', ...layoutWidths(inspection) });
  const faults: Fault[] = [];
  let [rowsRead, rows, rowsLeftOut] = [0, 0, 0];
  output?.write(csvLine(columns, columns.length));
  try {
    for await (const batch of readRows(source, layout)) {
      const faulty = new Set(batch.problems.map(({ row }) => row));
      const lost = new Set(batch.problems.filter(({ code }) => unwritable.has(code)).map(({ row }) => row));
      let text = '';
      for (const [i, cells] of batch.rows.entries()) {
        const row = batch.numbers[i] ?? 0;
        if ((isBlankRow(cells) && !faulty.has(row)) || none.has(cells)) {
          rowsLeftOut++;
          faulty.delete(row);
          continue;
        }
        rowsRead++;
        const [wrong] = wrongWidth(cells, columns.length, widths) ?? [];
        if (wrong && !faulty.has(row)) faults.push({ row, reason: wrong.reason });
        if (lost.has(row)) continue;
        rows++;
        if (output !== null) text += csvLine(wrong ? cells : cells.slice(0, columns.length), columns.length);
      }
      faults.push(...batch.problems.filter(({ row }) => faulty.has(row)));
      if (output !== null && !output.write(text)) await once(output, 'drain');
    }
  } finally {
    output?.end();
    if (output !== null) await finished(output);
  }
  return { rowsRead, rows, rowsLeftOut, problems: faults.sort((a, b) => a.row - b.row) };
}

/** Rows of a sheet end with their last value: none of them is too short. */
function layoutWidths(inspection: Inspection): { fewest: number; most?: number } {
  const widths = rowWidths(inspection);
  if (widths === null) return { fewest: 0 };
  return { fewest: widths.fewest, ...(Number.isFinite(widths.most) ? { most: widths.most } : {}) };
}

/** One entry a row, with everything that is wrong with it. */
function rejections(problems: Fault[]): { row: number; reason: string }[] {
  const reasons = new Map<number, Set<string>>();
  for (const { row, reason } of problems) reasons.set(row, (reasons.get(row) ?? new Set()).add(reason));
  return [...reasons].map(([row, all]) => ({ row, reason: [...all].join(' ') }));
}

function described(inspection: Inspection, choices: LayoutChoices): Record<string, unknown> {
  const { layout, columns, sample, leftOut, encodings = [], warnings } = inspection;
  const first = { row: layout.headerRow ?? layout.firstRow, cells: columns };
  const tables = layout.format === 'csv' ? findTables([first, ...sample]) : [];
  const proposals = inferColumns(columns, sample, rowWidths(inspection));
  const chosen = chooseColumns(proposals, { types: 'infer' });
  const notes = [
    ...readingNotes(encodings, choices.encoding ?? null),
    ...layoutNotes(choices, columns),
    ...warnings,
    ...proposals.warnings,
    ...leftOut.map(({ says }) => says),
    ...chosen.warnings,
  ];
  const types = chosen.columns.map(({ type }) => type.toLowerCase());
  return { ...layout, tables, columns, types, encodings, warnings: notes };
}
