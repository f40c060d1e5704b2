import type { SuggestedReading } from '@/lib/shared/schema/file/proposed-column';
import { typeLabel } from '../labels';
import { changedByNumbers, undecidedDate, undecidedGroup } from './guards';
import {
  type Filled,
  type Fit,
  fitting,
  otherReadings,
  plainReadings,
  type Reading,
  shown,
  spelledReadings,
  takesAll,
} from './readings';

/** What people and programs write where there is nothing. */
const emptyWord =
  /^(?:null|\\n|n\/?a|n\.\s?a\.?|#n\/a|nan|none|nil|k\.\s?a\.?|\((?:blank|empty|null|none|leer|vide)\)|-{1,3}|[–—?…]|\.{1,3}|[\u200b\u2060]+)$/i;

export const isEmptyWord = (value: string): boolean => emptyWord.test(value.trim());

/** A mark in a box; a box without one is empty. */
const tick = /^[x✓✔☑✗✘☒]$/i;

/** Fewer values than this prove no closed list; more different ones are none. */
const fewestForChoice = 50;
const mostChoices = 12;

/** A reading is suggested if no more than this share of the values do not fit, of so many at least. */
const mostMisfits = 0.2;
const fewestForMost = 10;

const count = new Intl.NumberFormat('en');

/**
 * For a column that is taken as text, since nothing else keeps every character of it: how a person may well want to
 * have it read. Words that stand for nothing are looked away from first, and named.
 * @param filled the cells of the sample with something in them
 */
export function suggestReading(filled: Filled[]): SuggestedReading | null {
  const words = new Map<string, Filled>();
  const rest: Filled[] = [];
  for (const cell of filled) {
    const word = cell.value.trim();
    if (!isEmptyWord(word)) rest.push(cell);
    else if (!words.has(word)) words.set(word, cell);
  }
  if (rest.length === 0) return null;
  const isNumeric = ({ type }: Reading) => type === 'INTEGER' || type === 'DECIMAL';
  const keepsDigits = changedByNumbers(rest) !== undefined;
  const all = [...(words.size > 0 ? plainReadings : []), ...spelledReadings, ...otherReadings];
  const readings = keepsDigits ? all.filter((reading) => !isNumeric(reading)) : all;
  const best = firstToTakeAll(readings, rest);
  if (best) return suggested({ reading: best, misfits: [] }, rest, words);
  const other = suggestTicks(rest) ?? suggestChoice(filled);
  if (other || rest.length < fewestForMost) return other;
  const plain = keepsDigits ? plainReadings.filter((reading) => !isNumeric(reading)) : plainReadings;
  const most = fitting(
    [...plain, ...readings.filter(({ type }) => type !== 'BOOLEAN')],
    rest,
    Math.floor(rest.length * mostMisfits),
  )[0];
  return most ? suggested(most, rest, words) : null;
}

function firstToTakeAll(readings: Reading[], cells: Filled[]): Reading | undefined {
  return readings.find((reading) => takesAll(reading, cells));
}

function suggested({ reading, misfits }: Fit, rest: Filled[], words: Map<string, Filled>): SuggestedReading {
  const apart = new Set(misfits);
  const fit = misfits.length > 0 ? rest.filter((cell) => !apart.has(cell)) : rest;
  const isNumber = reading.type === 'INTEGER' || reading.type === 'DECIMAL';
  // Where both orders fit, or a point may be either sign, the person is asked: that stays open.
  const openOrder =
    (reading.dateOrder === 'DMY' &&
      fitting([{ ...reading, dateOrder: 'MDY' }], rest, misfits.length).length > 0) ||
    ((reading.dateOrder === 'DMY' || reading.dateOrder === 'MDY') &&
      undecidedDate(reading, fit) !== undefined);
  const openGroup = isNumber ? undecidedGroup(fit) : undefined;
  const format = {
    ...reading.format,
    ...(openGroup ? { grouping: true } : {}),
    ...(words.size > 0 ? { empty: [...words.keys()] } : {}),
  };
  return {
    type: openGroup ? 'DECIMAL' : reading.type,
    dateOrder: openOrder ? null : (reading.dateOrder ?? null),
    decimalSign: openGroup ? null : (reading.decimalSign ?? (isNumber ? '.' : null)),
    format: Object.keys(format).length > 0 ? format : null,
    rules: null,
    evidence: openGroup
      ? `${eitherWay(openGroup)} ${evidenceOf(reading, true, misfits, fit, [...words.values()])}`
      : evidenceOf(reading, openOrder, misfits, fit, [...words.values()]),
  };
}

/** Says that a cell is a thousand or a fraction. */
export function eitherWay({ row, value }: Filled): string {
  return `Row ${count.format(row)} = ${shown(value)} could have a thousands separator or a decimal separator, and no row shows which.`;
}

function evidenceOf(
  reading: Reading,
  isOpen: boolean,
  misfits: Filled[],
  fit: Filled[],
  words: Filled[],
): string {
  const called = isOpen ? openlyCalled(reading) : reading.called;
  const [word] = words;
  const nothing = word ? `; row ${count.format(word.row)} = “${word.value.trim()}” would count as empty` : '';
  const [misfit] = misfits;
  if (misfit) {
    const label = typeLabel(reading.type).toLowerCase();
    // “E-mail address: 57 fit, … as e-mail addresses” would say it twice.
    const saysMore = called !== `${label}s` && called !== `${label}es`;
    return `${mostly(reading.type, fit.length, misfits)}${saysMore ? `, as ${called}` : ''}${nothing}.`;
  }
  const values = `${word ? allOf(fit.length, 'other ') : allOf(fit.length)} are ${called}`;
  if (word) return `${values}${nothing}.`;
  const [first] = fit;
  return first ? `${values}, such as row ${count.format(first.row)} = ${shown(first.value)}.` : `${values}.`;
}

/** “All 398 values”, “Both values”. */
export function allOf(values: number, other = ''): string {
  return values === 2 ? `Both ${other}values` : `All ${other}${count.format(values)} values`;
}

const openlyCalled = ({ called }: Reading) =>
  called
    .replace(/, (?:day|month) first/, '')
    .replace(' with a decimal comma', '')
    .replace(' and a decimal comma', '');

/** “Whole number: 398 fit, 3 don't (row 17 = “abc”)”. */
export function mostly(type: Reading['type'], fit: number, misfits: Filled[]): string {
  const [first] = misfits;
  const such = first ? ` (row ${count.format(first.row)} = ${shown(first.value)})` : '';
  const verb = misfits.length === 1 ? "doesn't" : "don't";
  return `${typeLabel(type)}: ${count.format(fit)} fit, ${count.format(misfits.length)} ${verb}${such}`;
}

/** Marks in boxes: there is one, or nothing. */
function suggestTicks(filled: Filled[]): SuggestedReading | null {
  if (!filled.every(({ value }) => tick.test(value.trim()))) return null;
  const marks = [...new Set(filled.map(({ value }) => value.trim()))];
  return {
    type: 'BOOLEAN',
    dateOrder: null,
    decimalSign: null,
    format: { values: marks.map((from) => ({ from, to: 'true' })) },
    rules: null,
    evidence: `${allOf(filled.length)} are ${marks.map((mark) => `“${mark}”`).join(' or ')}: a mark would be true, and an empty cell stays empty.`,
  };
}

/** A list of a few values that come again and again. */
function suggestChoice(filled: Filled[]): SuggestedReading | null {
  if (filled.length < fewestForChoice) return null;
  const values = new Set<string>();
  for (const { value } of filled) {
    values.add(value);
    if (values.size > mostChoices || value.length > 60) return null;
  }
  return {
    type: 'CHOICE',
    dateOrder: null,
    decimalSign: null,
    format: null,
    rules: { allowed: [...values].sort() },
    evidence:
      values.size === 1
        ? `The first ${count.format(filled.length)} values are all the same. Make it a list?`
        : `Only ${values.size} different values in the first ${count.format(filled.length)}. Make it a list?`,
  };
}
