import type { ColumnFormat } from '../columns/rules';
import type { SuggestedReading } from '../imports/contract';
import { type Filled, plainReadings, type Reading, shown, takesAll } from './readings';

const emptyWord = /^(?:null|n\/a|#n\/a|na|nan|none|nil|-{1,3}|–|—|\?|\.)$/i;

const signs: { format: ColumnFormat; called: string }[] = [
  { format: { grouping: true }, called: 'with thousands set apart' },
  { format: { grouping: true, currency: true }, called: 'with a currency sign' },
  { format: { grouping: true, percent: 'number' }, called: 'with a percent sign' },
];

const spelled: Reading[] = signs.flatMap(({ format, called }) => [
  { type: 'INTEGER' as const, called: `whole numbers ${called}`, format },
  { type: 'DECIMAL' as const, called: `numbers ${called}`, format },
  {
    type: 'DECIMAL' as const,
    called: `numbers ${called} and a decimal comma`,
    decimalSign: ',' as const,
    format,
  },
]);

const others: Reading[] = [
  { type: 'BOOLEAN', called: 'yes or no' },
  { type: 'EMAIL', called: 'e-mail addresses' },
  { type: 'URL', called: 'web addresses' },
  { type: 'JSON', called: 'JSON' },
];

/** Fewer values than this prove no closed list; more different ones are none. */
const fewestForChoice = 50;
const mostChoices = 12;

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
    if (!emptyWord.test(word)) rest.push(cell);
    else if (!words.has(word)) words.set(word, cell);
  }
  if (rest.length === 0) return null;
  const readings = words.size > 0 ? [...plainReadings, ...spelled, ...others] : [...spelled, ...others];
  const best = readings.find((reading) => takesAll(reading, rest));
  if (!best) return suggestChoice(filled);
  // Where both orders fit, the person is asked: the date order stays open.
  const isOpen = best.dateOrder === 'DMY' && takesAll({ ...best, dateOrder: 'MDY' }, rest);
  const format = { ...best.format, ...(words.size > 0 ? { empty: [...words.keys()] } : {}) };
  return {
    type: best.type,
    dateOrder: isOpen ? null : (best.dateOrder ?? null),
    decimalSign: best.decimalSign ?? (best.type === 'INTEGER' || best.type === 'DECIMAL' ? '.' : null),
    format: Object.keys(format).length > 0 ? format : null,
    rules: null,
    evidence: evidenceOf(best, isOpen, rest, [...words.values()]),
  };
}

function evidenceOf(best: Reading, isOpen: boolean, rest: Filled[], words: Filled[]): string {
  const called = isOpen ? 'dates' : best.called;
  const values = `${words.length > 0 ? 'All other' : 'All'} ${count.format(rest.length)} values are ${called}`;
  const [word] = words;
  if (word) return `${values}; row ${count.format(word.row)} = “${word.value.trim()}” would count as empty.`;
  const [first] = rest;
  return first ? `${values}, such as row ${count.format(first.row)} = ${shown(first.value)}.` : `${values}.`;
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
    evidence: `The first ${count.format(filled.length)} values are ${values.size === 1 ? 'all the same' : `only ${values.size} different ones`}: a choice would take no other.`,
  };
}
