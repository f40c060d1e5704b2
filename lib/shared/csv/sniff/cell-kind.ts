import { booleanWords } from '@/lib/shared/boolean-words';

/** What a cell looks like: enough to tell a right dialect from a wrong one, and a header from data. */
export type CellKind = 'empty' | 'number' | 'date' | 'time' | 'boolean' | 'address' | 'code' | 'text';

const number =
  /^[-+(]?\s?(?:[$€£¥₹]\s?|(?:USD|EUR|GBP|CHF)\s)?[-+]?(?:\d+|\d{1,3}(?:[,.'’\u00a0\u202f ]\d{2,3})+)?(?:[.,]\d+|(?<=\d)[.,]?)(?:[eE][-+]?\d+)?\s?(?:%|‰|[$€£¥₹]|USD|EUR|GBP|CHF)?\)?$/;
const notANumber =
  /^(?:[-+]?(?:nan|inf|infinity)|null|\\n|n\/?a|-{1,3}|#(?:n\/a|ref!|value!|div\/0!|name\?|num!|null!))$/i;
const date =
  /^(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/. ](?:\d{1,2}|[A-Za-zÀ-ž]{3,9}\.?)[-/. ,]{1,2}\d{2,4}|[A-Za-zÀ-ž]{3,9}\.? \d{1,2},? \d{4})(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+|,\d{3})?)?(?:\s?[AaPp]\.?[Mm]\.?)?\s?(?:Z|[A-Z]{3,4}|[-+]\d{2}(?::?\d{2})?)?)?$/;
const time = /^\d{1,3}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp][Mm])?(?:Z|[-+]\d{2}:?\d{2})?$/;
// What comes after the host of a URL may hold any sign; an e-mail address holds none that cuts cells.
const address =
  /^(?:[a-z][a-z\d+.-]*:\/\/\S+|[^\s@,;|<>]+@[\w-]+(?:\.[\w-]+)+(?::\S*)?|\d{1,3}(?:\.\d{1,3}){3}|www\.\S+)$/i;
const hardwareAddress = /^(?:[\da-f]{2}:){5,7}[\da-f]{2}$/i;
const code = /^(?=.*\d)[\p{L}\d]+(?:[-_/.#][\p{L}\d]+)*$/u;

/** Longer cells are prose; matching them against patterns would only take time. */
const patternLength = 64;

export function cellKind(cell: string): CellKind {
  const text = cell.length > patternLength + 16 ? cell.slice(0, patternLength + 1) : cell.trim();
  if (text === '') return 'empty';
  if (text.length > patternLength) return 'text';
  const first = text.charCodeAt(0);
  const mayBeNumber = first < 65 || first > 0x7f || /^(?:USD|EUR|GBP|CHF)/.test(text);
  if (mayBeNumber && /\d/.test(text) && number.test(text)) return 'number';
  if (date.test(text)) return 'date';
  if (time.test(text)) return 'time';
  if (booleanWords.has(text.toLowerCase())) return 'boolean';
  if (notANumber.test(text)) return 'empty';
  if (address.test(text) || isNetworkAddress(text)) return 'address';
  return code.test(text) ? 'code' : 'text';
}

/** Whether a text is a MAC or an IPv6 address, whose colons cut nothing. */
export function isNetworkAddress(text: string): boolean {
  if (!/^[\da-f:]{2,39}$/i.test(text)) return false;
  if (hardwareAddress.test(text)) return true;
  const groups = text.split(':');
  if (groups.length < 3 || groups.some((group) => group.length > 4)) return false;
  const shortened = text.match(/::/g)?.length ?? 0;
  return groups.length === 8 ? shortened <= 1 : groups.length < 8 && shortened === 1;
}
