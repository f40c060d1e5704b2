import { isBlank } from '../checks/blank';
import { checks } from '../checks/checks';
import type { NumberedRow } from '../csv/sniff/header';
import type { DateOrder, ProposedColumn } from '../imports/contract';
import { type Filled, plainReadings, type Reading, shown, takesAll } from './readings';
import { suggestReading } from './suggest';

const trueOrFalse = /^(?:true|false)$/i;
const leadingZero = /^[+-]?0\d/;
const longDigits = /\d{16}/;
const power = /^[+-]?[\d.,]+[eE][+-]?\d+$/;

const count = new Intl.NumberFormat('en');

/**
 * Proposes a type for a column from the cells of the sample. Only what is certain is proposed: leading zeros,
 * more than 15 digits and powers (`1E5`, `5,58E+12`: perhaps an article number) stay text.
 * @param name the column's name
 * @param index its position in the file
 * @param sample the first rows of the file
 */
export function proposeColumn(name: string, index: number, sample: NumberedRow[]): ProposedColumn {
  const filled = filledCells(index, sample);
  const column = {
    index,
    name,
    type: 'TEXT' as const,
    dateOrder: null,
    decimalSign: null,
    ambiguous: false,
    suggestion: null,
  };
  const first = filled[0];
  if (!first) return { ...column, evidence: 'Empty in the first rows, so it is taken as text.' };

  const odd = filled.find(
    ({ value, isNumber }) =>
      !isNumber && (leadingZero.test(value) || longDigits.test(value) || power.test(value)),
  );
  if (
    odd &&
    filled.every(({ value }) => /^[\d.,+\-eE]+$/.test(value)) &&
    !/^\d{4}-\d\d-\d\d$/.test(odd.value)
  ) {
    return {
      ...column,
      evidence: `Row ${count.format(odd.row)} = ${shown(odd.value)}: kept as text, so that no digit changes.`,
    };
  }
  if (filled.every(({ value }) => trueOrFalse.test(value))) {
    return {
      ...column,
      type: 'BOOLEAN',
      evidence: `All ${count.format(filled.length)} values are true or false.`,
    };
  }
  // Tried from the narrowest to the widest; the first that takes every value of the sample is proposed.
  const taken = plainReadings.filter((reading) => takesAll(reading, filled));
  const best = taken[0];
  if (!best) return { ...column, evidence: mixed(filled), suggestion: suggestReading(filled) };
  const proposal = {
    ...column,
    type: best.type,
    dateOrder: best.dateOrder ?? null,
    decimalSign: best.decimalSign ?? null,
  };
  if (best.dateOrder) return { ...proposal, ...dateOrderOf(best, taken, filled) };
  const example = best.type === 'DECIMAL' ? filled.find(({ value }) => /[.,]/.test(value)) : undefined;
  const such = example ? `, such as row ${count.format(example.row)} = ${shown(example.value)}` : '';
  return { ...proposal, evidence: `All ${count.format(filled.length)} values are ${best.called}${such}.` };
}

/** The cells of a column that are not blank. */
function filledCells(index: number, sample: NumberedRow[]): Filled[] {
  const filled: Filled[] = [];
  for (const { row, cells, numbers } of sample) {
    const value = cells[index];
    if (value === undefined || isBlank(value)) continue;
    filled.push({ row, value, isNumber: numbers?.has(index) ?? false });
  }
  return filled;
}

/** 31/12 proves an order; where every day is at most 12 both are possible, and the person is asked. */
function dateOrderOf(
  best: Reading,
  taken: Reading[],
  filled: Filled[],
): { dateOrder: DateOrder | null; evidence: string; ambiguous: boolean } {
  const orders = taken.filter((t) => t.type === best.type && t.dateOrder);
  const example = filled[0];
  if (orders.length > 1 && example) {
    return {
      dateOrder: null,
      ambiguous: true,
      evidence: `Row ${count.format(example.row)} = ${shown(example.value)} can be read day first or month first, and no row decides it.`,
    };
  }
  const otherOrder = best.dateOrder === 'DMY' ? 'MDY' : 'DMY';
  const other = checks[best.type]({ dateOrder: otherOrder });
  const proof = filled.find(({ value }) => typeof other(value) !== 'string') ?? example;
  const order = best.dateOrder === 'DMY' ? 'day' : 'month';
  return {
    dateOrder: best.dateOrder ?? null,
    ambiguous: false,
    evidence: proof ? `Row ${count.format(proof.row)} = ${shown(proof.value)} proves ${order} first.` : '',
  };
}

function mixed(filled: Filled[]): string {
  const text = filled.find(({ value }) => !/^[\d.,+\-/: ]+$/.test(value)) ?? filled[0];
  return text ? `Row ${count.format(text.row)} = ${shown(text.value)}: text.` : 'Text.';
}
