import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import type { DateOrder } from '@/lib/shared/schema/dataset/column';
import type { ProposedColumn } from '@/lib/shared/schema/file/proposed-column';
import { checks } from '../validate/checks';
import {
  changedByNumbers,
  countingCodes,
  dottedCodes,
  mixedZones,
  undecidedDate,
  undecidedGroup,
} from './guards';
import { type Filled, type Fit, fitting, haveDigits, plainReadings, type Reading, shown } from './readings';
import { filledCells, type RowWidths, storableRows } from './sample';
import { allOf, eitherWay, mostly, suggestReading } from './suggest';

const trueOrFalse = /^\s*(?:true|false)\s*$/i;

/** A type is proposed although so many of the values do not fit. */
const fewMisfits = 0.05;

const count = new Intl.NumberFormat('en');

/** Types for all columns of a file, and what a person should know about them. */
export interface Proposals {
  columns: ProposedColumn[];
  warnings: string[];
}

/**
 * Proposes a type for each column, from the rows of the sample that will be stored.
 * @param names of the columns, in the order of the file
 * @param widths cells of a whole row; null for workbooks
 */
export function inferColumns(names: string[], sample: NumberedRow[], widths: RowWidths | null): Proposals {
  const rows = storableRows(sample, names.length, widths);
  const columns = names.map((name, index) => inferColumn(name, index, rows));
  const warnings = columns.flatMap(({ index, name, type, suggestion }) =>
    type === 'TEXT' && suggestion?.type === 'DATETIME' && mixedZones(filledCells(index, rows))
      ? [
          `“${name}” has moments with a time zone and others without, so it stays text. To have moments that can be sorted, give all of them a time zone in the file.`,
        ]
      : [],
  );
  return { columns, warnings };
}

/**
 * Proposes a type for a column from the cells of the sample. What is certain is proposed, or what nearly all values
 * are: leading zeros, more than 15 digits and powers (`1E5`, `5,58E+12`: perhaps an article number) stay text.
 * @param name the column's name
 * @param index its position in the file
 * @param sample the first rows of the file
 */
export function inferColumn(name: string, index: number, sample: NumberedRow[]): ProposedColumn {
  const filled = filledCells(index, sample);
  const column: ProposedColumn = {
    index,
    name,
    type: 'TEXT',
    dateOrder: null,
    decimalSign: null,
    format: null,
    ambiguous: false,
    misfits: 0,
    suggestion: null,
    evidence:
      sample.length === 0
        ? 'There are no rows to tell its type by, so it is taken as text.'
        : 'Empty in the first rows, so it is taken as text.',
  };
  if (filled.length === 0) return column;
  const odd = changedByNumbers(filled);
  if (odd && filled.every(({ value }) => /^[\d.,+\-eE]+$/.test(value.trim()))) {
    return {
      ...column,
      evidence: `Row ${count.format(odd.row)} = ${shown(odd.value)}: kept as text, so that no digit changes.`,
    };
  }
  const most = Math.floor(filled.length * fewMisfits);
  const truths = filled.filter(({ value }) => !trueOrFalse.test(value));
  if (truths.length <= most) {
    return {
      ...column,
      type: 'BOOLEAN',
      misfits: truths.length,
      evidence:
        truths.length > 0
          ? `${mostly('BOOLEAN', filled.length - truths.length, truths)}.`
          : `${allOf(filled.length)} are true or false.`,
    };
  }
  // Tried from the narrowest to the widest; the first that takes every value of the sample is proposed.
  const readings = odd
    ? plainReadings.filter(({ type }) => type !== 'INTEGER' && type !== 'DECIMAL')
    : plainReadings;
  const whole = haveDigits(filled) ? fitting(readings, filled, 0) : [];
  if (whole.length > 0) return proposed(column, whole, filled);
  const suggestion = suggestReading(filled);
  // A way to write all of them is a better answer than a type for nearly all.
  const isSpelled =
    suggestion &&
    suggestion.type !== 'CHOICE' &&
    Object.keys(suggestion.format ?? {}).some((key) => key !== 'empty');
  const nearly = isSpelled || most === 0 ? [] : fitting(readings, filled, most);
  if (nearly.length > 0) {
    const found = proposed(column, nearly, filled);
    const same = suggestion !== null && suggestion.format !== null && suggestion.type === found.type;
    return found.type === 'TEXT' || !same ? found : { ...found, suggestion };
  }
  return { ...column, ...textWith(filled, suggestion) };
}

/** A text, with another reading where there is one; moments that have no order among each other say so. */
function textWith(
  filled: Filled[],
  suggestion: ProposedColumn['suggestion'],
): Pick<ProposedColumn, 'evidence' | 'suggestion'> {
  const zones = suggestion?.type === 'DATETIME' ? mixedZones(filled) : null;
  return { suggestion, evidence: zones ? zonesApart(zones) : mixed(filled) };
}

const zonesApart = ({ zoned, local }: { zoned: Filled; local: Filled }) =>
  `Row ${count.format(zoned.row)} = ${shown(zoned.value)} has a time zone and row ${count.format(local.row)} = ${shown(local.value)} has none: kept as text, since they cannot be sorted together.`;

/** The column as the reading has it that takes most of its values, or with the question that it leaves open. */
function proposed(column: ProposedColumn, fits: Fit[], filled: Filled[]): ProposedColumn {
  const [best] = fits;
  if (!best) return column;
  const { reading, misfits } = best;
  const apart = new Set(misfits);
  const fit = misfits.length > 0 ? filled.filter((cell) => !apart.has(cell)) : filled;
  const isNumber = reading.type === 'INTEGER' || reading.type === 'DECIMAL';
  const plain = {
    ...column,
    type: reading.type,
    dateOrder: reading.dateOrder ?? null,
    decimalSign: reading.decimalSign ?? null,
    misfits: misfits.length,
    evidence: `${misfits.length > 0 ? mostly(reading.type, fit.length, misfits) : `${allOf(fit.length)} are ${reading.called}${exampleOf(reading, fit)}`}.`,
  };
  const suggested = {
    type: reading.type,
    dateOrder: plain.dateOrder,
    decimalSign: plain.decimalSign ?? (isNumber ? ('.' as const) : null),
    format: null,
    rules: null,
    evidence: plain.evidence,
  };
  const zones = reading.type === 'DATETIME' ? mixedZones(fit) : null;
  if (zones) return { ...column, evidence: zonesApart(zones), suggestion: suggested };
  const group = isNumber ? undecidedGroup(fit) : undefined;
  if (group) {
    return {
      ...plain,
      type: 'DECIMAL',
      decimalSign: null,
      format: { grouping: true },
      ambiguous: true,
      evidence: misfits.length > 0 ? `${eitherWay(group)} ${plain.evidence}` : eitherWay(group),
    };
  }
  const codes = reading.type === 'DECIMAL' ? dottedCodes(fit) : null;
  if (codes) {
    const [a, b] = codes;
    return {
      ...column,
      evidence: `Row ${count.format(a.row)} = ${shown(a.value)} and row ${count.format(b.row)} = ${shown(b.value)} would be the same number: kept as text.`,
      suggestion: suggested,
    };
  }
  const sections = reading.type === 'DECIMAL' ? countingCodes(fit) : null;
  if (sections) {
    const [a, b] = sections;
    return {
      ...column,
      evidence: `Row ${count.format(a.row)} = ${shown(a.value)} and row ${count.format(b.row)} = ${shown(b.value)} continue like section numbers (1.9, 1.10): kept as text.`,
      suggestion: suggested,
    };
  }
  return reading.dateOrder ? { ...plain, ...dateOrderOf(best, fits, fit) } : plain;
}

function exampleOf({ type }: Reading, filled: Filled[]): string {
  const example = type === 'DECIMAL' ? filled.find(({ value }) => /[.,]/.test(value)) : undefined;
  return example ? `, such as row ${count.format(example.row)} = ${shown(example.value)}` : '';
}

/**
 * 31/12 proves an order, of the dates with the same separator; where every day is at most 12 both are possible, and the
 * person is asked.
 */
function dateOrderOf(
  { reading, misfits }: Fit,
  fits: Fit[],
  fit: Filled[],
): { dateOrder: DateOrder | null; evidence: string; ambiguous: boolean } {
  const but = misfits.length > 0 ? ` ${mostly(reading.type, fit.length, misfits)}.` : '';
  const orders = fits.filter(
    (other) =>
      other.reading.type === reading.type &&
      other.reading.dateOrder &&
      other.misfits.length === misfits.length,
  );
  const example = fit.find(({ value }) => !/^\s*\d{4}/.test(value)) ?? fit[0];
  const open = orders.length > 1 ? example : undecidedDate(reading, fit);
  if (open) {
    const which = orders.length > 1 ? 'no row shows which' : 'no date with the same separator shows which';
    return {
      dateOrder: null,
      ambiguous: true,
      evidence: `Row ${count.format(open.row)} = ${shown(open.value)} could be day first or month first, and ${which}.${but}`,
    };
  }
  const other = checks[reading.type]({ dateOrder: reading.dateOrder === 'DMY' ? 'MDY' : 'DMY' });
  const proof = fit.find(({ value }) => typeof other(value) !== 'string') ?? example;
  const order = reading.dateOrder === 'DMY' ? 'day' : 'month';
  return {
    dateOrder: reading.dateOrder ?? null,
    ambiguous: false,
    evidence: proof
      ? `Row ${count.format(proof.row)} = ${shown(proof.value)} proves ${order} first.${but}`
      : '',
  };
}

function mixed(filled: Filled[]): string {
  const text = filled.find(({ value }) => !/^[\d.,+\-/: ]+$/.test(value)) ?? filled[0];
  return text ? `Row ${count.format(text.row)} = ${shown(text.value)}: text.` : 'Text.';
}
