import { MiB } from '@/lib/shared/bytes';
import type { SheetExtent } from '@/lib/shared/schema/file/layout';
import { extentText } from '@/lib/shared/schema/file/sheet-extent';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { XlsxSheet } from '../source/types';
import type { PartStream } from '../zip/part';
import { openSheet, readRows } from './sheet/read-rows';
import { SheetSurvey } from './sheet/sheet-survey';
import type { Workbook } from './workbook';

/** Inflated bytes of a sheet that are looked at: some 20,000 rows of 7 cells, in 0.05 s. */
const surveyedBytes = 8 * MiB;
/** Of all sheets together. After that, only a first value is looked for. */
const surveyedInAll = 64 * MiB;
/** Inflated bytes in which a first value is looked for: some 10,000 rows. */
const headBytes = 4 * MiB;
/** Each look at a sheet is a request to the store. Sheets beyond these are taken to have rows. */
const sheetsLookedInto = 100;

/** A sheet, and what was seen of it. */
export interface SurveyedSheet extends XlsxSheet {
  /** Cells with a value, as far as is known. */
  cells: number;
  /** Null where it was not looked into, or only for a first value. */
  survey: SheetSurvey | null;
  /** Why it cannot be read. */
  failure: ImportFailure | null;
}

/**
 * Looks into the sheets of a workbook, in tab order. The rows of those too large to be counted are estimated, to two digits.
 * @param asked name of the sheet that a person chose: it is looked into whatever the others hold
 */
export async function listSheets(workbook: Workbook, asked?: string): Promise<SurveyedSheet[]> {
  const sized = workbook.sheets.map((sheet, index) => ({
    sheet,
    index,
    size: sizeOf(workbook, sheet),
  }));
  // The one asked for, and then large ones first, since it is them that data is in; hidden ones last.
  const rank = ({ sheet }: (typeof sized)[number]) =>
    sheet.name === asked ? 0 : sheet.state === 'visible' ? 1 : 2;
  sized.sort((a, b) => rank(a) - rank(b) || b.size - a.size || a.index - b.index);
  const found: SurveyedSheet[] = [];
  let left = surveyedInAll;
  for (const [place, { sheet, index, size }] of sized.entries()) {
    const isCounted = left > 0;
    found[index] =
      place < sheetsLookedInto
        ? await lookInto(workbook, sheet, size, isCounted)
        : { ...sheet, hasRows: true, cells: 0, survey: null, failure: null };
    left -= Math.min(size, surveyedBytes);
  }
  return found;
}

/** The sheet that is read, looked into also where those before it left no room for that. */
export async function surveyed(workbook: Workbook, sheet: SurveyedSheet): Promise<SurveyedSheet> {
  return sheet.survey ? sheet : lookInto(workbook, sheet, sizeOf(workbook, sheet), true);
}

function sizeOf(workbook: Workbook, { part }: Pick<XlsxSheet, 'part'>): number {
  return workbook.directory.find(part)?.entry.uncompressedSize ?? 0;
}

async function lookInto(
  workbook: Workbook,
  sheet: Workbook['sheets'][number],
  size: number,
  isCounted: boolean,
): Promise<SurveyedSheet> {
  const survey = new SheetSurvey(!isCounted);
  const most = isCounted ? surveyedBytes : headBytes;
  let failure: ImportFailure | null = null;
  let bytes: PartStream | null = null;
  try {
    bytes = openSheet(workbook, sheet);
    for await (const _ of readRows(bytes, sheet.name, survey, most)) {
      if (survey.full) break;
    }
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    // One that is damaged further on is still the sheet that was meant: reading it says what is wrong.
    if (survey.cells === 0) failure = error;
  }
  const hasRows = survey.cells > 0;
  if (!isCounted || !hasRows) return { ...sheet, hasRows, cells: survey.cells, survey: null, failure };
  const isWhole = size <= most;
  const scale = isWhole ? 1 : size / Math.max(1, bytes?.inflated ?? size);
  const rows = isWhole ? survey.rows : Number((survey.rows * scale).toPrecision(2));
  return {
    ...sheet,
    hasRows,
    extent: { rows, columns: survey.columns, isExact: isWhole },
    cells: survey.cells * scale,
    survey,
    failure,
  };
}

/**
 * The sheet asked for; else the visible one with the most data, else a hidden one with the most, else the first visible.
 * @throws ImportFailure SHEET_NOT_FOUND, NO_ROWS, and why a sheet cannot be read
 */
export function chooseSheet(sheets: SurveyedSheet[], name: string | undefined): SurveyedSheet {
  const visible = sheets.filter(({ state }) => state === 'visible');
  const chosen =
    name === undefined
      ? (fullest(visible) ?? fullest(sheets) ?? visible[0] ?? sheets[0])
      : sheets.find((sheet) => sheet.name === name);
  if (!chosen) {
    if (name !== undefined) {
      throw new ImportFailure(
        'SHEET_NOT_FOUND',
        `The workbook has no sheet named “${name}”. It has ${sheets
          .slice(0, mostNamed)
          .map((sheet) => `“${sheet.name}”`)
          .join(', ')}${sheets.length > mostNamed ? ', …' : ''}.`,
      );
    }
    throw new ImportFailure('NO_ROWS', 'The workbook has no sheet with rows.');
  }
  const failure = chosen.hasRows
    ? null
    : (chosen.failure ?? (name ? null : sheets.find((sheet) => sheet.failure)?.failure));
  if (failure) throw failure;
  return chosen;
}

function fullest(sheets: SurveyedSheet[]): SurveyedSheet | undefined {
  return sheets
    .filter(({ hasRows }) => hasRows)
    .reduce<SurveyedSheet | undefined>(
      (most, next) => (most && most.cells >= next.cells ? most : next),
      undefined,
    );
}

/** As it is kept with the import. */
export function storedSheet({ name, part, state, hasRows, extent }: SurveyedSheet): XlsxSheet {
  return { name, part, state, hasRows, ...(extent ? { extent } : {}) };
}

/** Sheets that are named in a sentence. */
const mostNamed = 5;

/** Which sheet is read and why, and what else the workbook has. @param isAsked whether a person named the sheet */
export function sheetWarnings(sheets: SurveyedSheet[], chosen: SurveyedSheet, isAsked: boolean): string[] {
  const warnings: string[] = [];
  const others = sheets.filter((sheet) => sheet !== chosen && sheet.hasRows);
  const rivals = others.filter(({ state }) => state === 'visible');
  if (!isAsked && rivals.length > 0 && chosen.state === 'visible') {
    const named = rivals.slice(0, mostNamed).map(({ name, extent }) => `“${name}”${inBrackets(extent)}`);
    const more = rivals.length > mostNamed ? ` and ${rivals.length - mostNamed} more` : '';
    warnings.push(
      `The sheet “${chosen.name}”${inBrackets(chosen.extent)} is read, since it has the most data. ${named.join(', ')}${more} also ${rivals.length === 1 ? 'has' : 'have'} rows.`,
    );
  }
  const hidden = others.filter(({ state }) => state !== 'visible');
  if (chosen.state !== 'visible') warnings.push(`The sheet “${chosen.name}” is hidden in the workbook.`);
  if (hidden.length > 0) {
    warnings.push(
      `The workbook also has hidden sheets with rows: ${hidden.map(({ name }) => `“${name}”`).join(', ')}.`,
    );
  }
  for (const { name, failure } of sheets) if (failure) warnings.push(`The sheet “${name}” cannot be read.`);
  return warnings;
}

const inBrackets = (extent: SheetExtent | null | undefined) => (extent ? ` (${extentText(extent)})` : '');
