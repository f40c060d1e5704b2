import type { DateOrder } from '@/lib/shared/schema/dataset/column';
import type { ColumnFormat } from '@/lib/shared/schema/dataset/column-rules';
import { exists } from '../calendar';
import { bareWord, dateNames } from './month-names';

const two = (n: number | string) => String(n).padStart(2, '0');

/** A day, found at the start of a text, and what follows it. */
interface Found {
  year: string;
  month: string;
  day: string;
  rest: string;
}

const word = String.raw`\p{L}[\p{L}\p{M}]*\.?`;
/** What may stand between two parts: `5. Januar`, `05-Jan-2024`, `5 de enero de 2024`. */
const joint = String.raw`(?:[\s.,\-/]+(\p{L}+)[\s.]+|[\s.,\-/]*)`;
const end = String.raw`\.?(?=$|[\sT,])(.*)$`;
const dayFirst = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|er|º)?${joint}(${word})${joint}'?(\d{4}|\d{2})${end}`,
  'iu',
);
const monthFirst = new RegExp(
  String.raw`^(${word})[\s.\-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s,\-]+'?(\d{4}|\d{2})${end}`,
  'iu',
);
const yearFirst = new RegExp(String.raw`^(\d{4})[\s.\-/]+(${word})[\s.\-/]+(\d{1,2})${end}`, 'iu');
const shortYear = /^(\d{1,2})([./-])(\d{1,2})\2(\d{1,2})(?=$|[\sT,])(.*)$/;
const weekday = new RegExp(String.raw`^(${word}(?:-${word})?),?\s+(?:(\p{L}+)\s+)?(?=[\d\p{L}])`, 'u');

/** Two digits of a year as the year of the hundred that begin with `first`. */
export function fullYear(digits: string, first: number): string {
  const year = first + ((((Number(digits) - first) % 100) + 100) % 100);
  return String(year).padStart(4, '0');
}

/** A day whose month is a name, in any of the languages. */
function named(whole: string): Found | null {
  const { months, joints } = dateNames();
  // Some languages end with the word for year: `5 января 2024 г.`
  const text = whole.replace(/\s(\p{L})\.$/u, (all, letter: string) => (joints.has(letter) ? '' : all));
  const month = (name = '') => String(months.get(bareWord(name)) ?? '');
  const joins = (...words: (string | undefined)[]) =>
    words.every((joint) => joint === undefined || joints.has(joint.toLowerCase()));
  const first = dayFirst.exec(text);
  if (first && joins(first[2], first[4]) && month(first[3]) !== '') {
    const [, day = '', , name, , year = '', rest = ''] = first;
    return { year, month: month(name), day, rest };
  }
  const american = monthFirst.exec(text);
  if (american && month(american[1]) !== '') {
    const [, name, day = '', year = '', rest = ''] = american;
    return { year, month: month(name), day, rest };
  }
  const [, year = '', name, day = '', rest = ''] = yearFirst.exec(text) ?? [];
  return month(name) === '' ? null : { year, month: month(name), day, rest };
}

/** A date without the name of the weekday before it. */
function withoutWeekday(text: string): string {
  const { days, joints } = dateNames();
  const [whole = '', name = '', joint] = weekday.exec(text) ?? [];
  if (days.has(bareWord(name))) {
    // `lørdag den 30. december`; but of `Fri Jan 5` the second word is the month.
    const joined = joint !== undefined && joints.has(joint.toLowerCase());
    return text.slice(joint === undefined || joined ? whole.length : text.indexOf(joint, name.length));
  }
  return text;
}

/** A day whose year has two digits, in the column's order. */
function short(text: string, order: DateOrder | null | undefined): Found | null {
  const [, a = '', , b = '', c = '', rest = ''] = shortYear.exec(text) ?? [];
  if (a === '') return null;
  if (order === 'YMD') return a.length === 2 ? { year: a, month: b, day: c, rest } : null;
  if (c.length !== 2) return null;
  if (order === 'DMY') return { year: c, month: b, day: a, rest };
  return order === 'MDY' ? { year: c, month: a, day: b, rest } : null;
}

const clock =
  /^(\d{1,2})(?::|\s?h\s?)(\d{2})(?::(\d{2}(?:[.,]\d{1,9})?))?\s*([ap]\.?m\.?)?\s*(?:Uhr|h)?\s*(UTC|GMT|Z|[+-]\d{1,2}(?::?\d{2})?)?$/i;
const isoDay = /^(\d{4})-(\d{2})-(\d{2})(?:[\sT,]\s*)(.+)$/;
const orderedDay = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[\sT,]\s*)(.+)$/;

/** A time of day in ISO 8601; null where it is none. 24:00 comes out as it is. */
function isoClock(text: string): { time: string; zone: string } | null {
  const [, hour = '', minute = '', second = '00', half, zone = ''] = clock.exec(text) ?? [];
  if (hour === '') return null;
  let h = Number(hour);
  if (half !== undefined) {
    if (h < 1 || h > 12) return null;
    h = (h % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  return { time: `${two(h)}:${minute}:${second.replace(',', '.')}`, zone: isoZone(zone) };
}

function isoZone(zone: string): string {
  if (/^(?:UTC|GMT|Z)$/i.test(zone)) return 'Z';
  const [, sign = '', hours = '', minutes = '00'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  return sign === '' ? '' : `${sign}${two(hours)}:${minutes}`;
}

const midnight = /^24:00:00(?:\.0+)?$/;

/** The day after a day that exists. */
function nextDay(year: string, month: string, day: string): string {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** A moment in ISO 8601, where its time is spelled as `looseTimes` has it; else as it is. */
function withIsoClock(text: string, order: DateOrder | null | undefined): string {
  const [, a = '', , b = '', c = '', last = ''] = orderedDay.exec(text) ?? [];
  const ordered = order === 'DMY' ? [c, b, a] : order === 'MDY' ? [c, a, b] : [];
  const [, y = ordered[0], m = ordered[1], d = ordered[2], rest = last] = isoDay.exec(text) ?? [];
  const found = isoClock(rest);
  if (!found || !y || !m || !d) return text;
  const [year, month, day] = [y, two(m), two(d)];
  const { time, zone } = found;
  if (!midnight.test(time)) return `${year}-${month}-${day}T${time}${zone}`;
  // Past the last day that there is, it stays what it is, and is rejected.
  if (!exists(Number(year), Number(month), Number(day)) || `${month}${day}${year}` === '12319999')
    return text;
  return `${nextDay(year, month, day)}T00:00:00${zone}`;
}

/**
 * Writes a day or moment the way the checks of dates know it, where the column's format says that it may be spelled
 * so: two-digit years, names of months, `24:00`, `UTC`, short offsets. Everything else comes back as it is.
 */
export function respelledDate(
  raw: string,
  { firstYear, monthNames, looseTimes }: ColumnFormat,
  order: DateOrder | null | undefined,
): string {
  let text = raw.trim();
  // `Mar` is March, and Tuesday in other languages: the month comes first.
  let found = monthNames ? named(text) : null;
  if (monthNames && !found) {
    text = withoutWeekday(text);
    found = named(text);
  }
  found ??= firstYear === undefined ? null : short(text, order);
  if (found) {
    const { year, month, day } = found;
    if (year.length === 2 && firstYear === undefined) return raw;
    const whole = year.length === 2 ? fullYear(year, firstYear ?? 0) : year;
    const behind = found.rest.replace(/^[\sT,]+/, '');
    const rest = monthNames && dateNames().days.has(bareWord(behind)) ? '' : behind;
    text = `${whole}-${two(month)}-${two(day)}${rest === '' ? '' : ` ${rest}`}`;
  }
  return looseTimes ? withIsoClock(text, order) : text;
}

/** Writes a time of day the way the check of times knows it. */
export function respelledTime(raw: string): string {
  const found = isoClock(raw.trim());
  return found && found.zone === '' ? found.time : raw;
}
