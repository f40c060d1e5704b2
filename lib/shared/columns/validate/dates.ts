import { exists } from './calendar';
import { respelledDate, respelledTime } from './spelling/dates';
import { type CellCheck, type CheckOptions, Rejected } from './types';

const iso = /^(\d{4})-(\d{2})-(\d{2})$/;
const isoTime =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/;
/** Day, month and year in the column's order, with one kind of separator; the year has four digits. */
const yearLast = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;
const yearFirst = /^(\d{4})([./-])(\d{1,2})\2(\d{1,2})$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?(?:\s?([AaPp])\.?[Mm]\.?)?$/;

const two = (n: number) => (n < 10 ? `0${n}` : String(n));
const four = (n: number) => String(n).padStart(4, '0');
const noSuchDay = new Rejected('no-such-day', 'There is no such day in the calendar. Correct it.');
const noSuchZone = new Rejected(
  'no-such-zone',
  'There is no such time zone: none is 16 hours or more from UTC. Correct it.',
);
const unordered = new Rejected(
  'date-order',
  'It is not written as YYYY-MM-DD, and this column has no other order of day and month. Choose one when matching columns.',
);

/** PostgreSQL takes offsets up to 15:59 and no minute past 59; one beyond breaks the view for everybody who reads it. */
function isFarZone(zone: string): boolean {
  return zone !== '' && !/^(?:Z|[+-](?:0\d|1[0-5]):?[0-5]\d)$/.test(zone);
}

/** A day as `YYYY-MM-DD`. */
function day(text: string, { dateOrder }: CheckOptions): string | Rejected | null {
  const plain = iso.exec(text);
  if (plain) return exists(Number(plain[1]), Number(plain[2]), Number(plain[3])) ? text : noSuchDay;
  const first = yearFirst.exec(text);
  if (first) return dated(Number(first[1]), Number(first[3]), Number(first[4]));
  const last = yearLast.exec(text);
  if (!last) return null;
  const [a, b, year] = [Number(last[1]), Number(last[3]), Number(last[4])];
  if (dateOrder === 'DMY') return dated(year, b, a);
  if (dateOrder === 'MDY') return dated(year, a, b);
  return unordered;
}

function dated(year: number, month: number, date: number): string | Rejected {
  return exists(year, month, date) ? `${four(year)}-${two(month)}-${two(date)}` : noSuchDay;
}

/** A time as `HH:MM:SS` with the fraction that the file has. */
function time(text: string): string | Rejected | null {
  const found = clock.exec(text);
  if (!found) return null;
  const [, hour = '', minute = '', second = '00', fraction = '', half] = found;
  let h = Number(hour);
  if (half) {
    if (h < 1 || h > 12) return new Rejected('no-such-time', 'There is no such time of day. Correct it.');
    h = (h % 12) + (/p/i.test(half) ? 12 : 0);
  }
  if (h > 23 || Number(minute) > 59 || Number(second) > 59) {
    return new Rejected('no-such-time', 'There is no such time of day. Correct it.');
  }
  return `${two(h)}:${minute}:${second}${fraction.replace(',', '.')}`;
}

/** Days: ISO 8601, or the column's own order of day, month and year. */
export function checkDate(options: CheckOptions): CellCheck {
  const respelled = respelling(options);
  return (raw) => {
    const text = respelled(raw);
    const found = day(text, options);
    if (found !== null) return found;
    const withTime = isoTime.exec(text);
    if (withTime && /^[0:.,Z]*$/.test(text.slice(11))) return day(text.slice(0, 10), options) ?? noSuchDay;
    if (withTime)
      return new Rejected(
        'has-time',
        'It has a time of day, which a date would lose. Make the column date-time.',
      );
    return new Rejected('not-a-date', 'It is not a date. Write it like 2026-03-14 or make the column text.');
  };
}

/** Days with a time, as `YYYY-MM-DDTHH:MM:SS[.fraction][zone]`; a zone is kept as it is written. */
export function checkDateTime(options: CheckOptions): CellCheck {
  const respelled = respelling(options);
  return (raw) => {
    const text = respelled(raw);
    const plain = isoTime.exec(text);
    if (plain) {
      const [, y, m, d, hour = '', minute = '', second = '00', fraction = '', zone = ''] = plain;
      if (!exists(Number(y), Number(m), Number(d))) return noSuchDay;
      const clockTime = time(`${hour}:${minute}:${second}${fraction}`);
      if (typeof clockTime !== 'string')
        return new Rejected('no-such-time', 'There is no such time of day. Correct it.');
      if (isFarZone(zone)) return noSuchZone;
      const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
      return `${y}-${m}-${d}T${clockTime}${offset}`;
    }
    const gap = text.search(/[ T]/);
    const date = day(gap < 0 ? text : text.slice(0, gap), options);
    if (date === null)
      return new Rejected(
        'not-a-date-time',
        'It is not a date with a time. Write it like 2026-03-14 15:30 or make the column text.',
      );
    if (typeof date !== 'string') return date;
    if (gap < 0) return `${date}T00:00:00`;
    return atTime(date, time(text.slice(gap + 1).trim()));
  };
}

function atTime(date: string, clockTime: string | Rejected | null): string | Rejected {
  if (clockTime === null)
    return new Rejected(
      'not-a-date-time',
      'It is not a date with a time. Write it like 2026-03-14 15:30 or make the column text.',
    );
  return typeof clockTime === 'string' ? `${date}T${clockTime}` : clockTime;
}

/** Times of day. */
export function checkTime({ format }: CheckOptions): CellCheck {
  const respelled = format?.looseTimes ? respelledTime : (raw: string) => raw;
  return (raw) =>
    time(respelled(raw).trim()) ??
    new Rejected('not-a-time', 'It is not a time of day. Write it like 15:30 or make the column text.');
}

/** The text that a cell's spelling stands for, where the column's format allows others than the checks know. */
function respelling({ format, dateOrder }: CheckOptions): (raw: string) => string {
  if (!format?.monthNames && !format?.looseTimes && format?.firstYear === undefined)
    return (raw) => raw.trim();
  return (raw) => respelledDate(raw, format, dateOrder);
}
