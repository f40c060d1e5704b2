import { type FormatKind, formatKinds } from './number-format';

const dayMs = 86_400_000;

/** 31 December 9999, the last day that spreadsheet programs show. */
const lastSerial = 2_958_465;

/** 1 January 1904 in the 1900 system. */
const offset1904 = 1_462;

/** Serial number of 1 January 1970 in the 1900 system. */
const unixEpoch = 25_569;

/** Dates until June 2079, each made once: 3,500,000 of them take 0.15 s instead of 0.37 s. */
const known: (string | undefined)[] = [];

/**
 * Writes a serial date as ISO 8601 text: `2024-03-01`, `2024-03-01T12:34:56`, `12:34:56`, durations as
 * `27:15:00`; milliseconds only where there are any. Pure arithmetic, so no time zone can shift a day.
 *
 * In the 1900 system day 60 is 29 February 1900, which never was, as in every spreadsheet program
 * (ECMA-376 part 1, 18.17.4.1). A date format hides no time that the value has; a time format shows the time
 * of day only.
 *
 * @param raw digits as the file has them
 * @returns `raw` itself where it is no number or no day that a spreadsheet program would show
 */
export function serialText(raw: string, kind: FormatKind, date1904: boolean): string {
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  const milliseconds = Math.round(value * dayMs);
  if (kind === formatKinds.duration) return durationText(milliseconds);
  if (value < 0 || value >= lastSerial + 1) return raw;
  const day = Math.floor(milliseconds / dayMs);
  const time = milliseconds - day * dayMs;
  if (kind === formatKinds.time || (day === 0 && !date1904)) return timeText(time);
  const date = dayText(date1904 ? day + offset1904 : day);
  return kind === formatKinds.date && time === 0 ? date : `${date}T${timeText(time)}`;
}

function durationText(milliseconds: number): string {
  return milliseconds < 0 ? `-${timeText(-milliseconds)}` : timeText(milliseconds);
}

function timeText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const rest = milliseconds - seconds * 1000;
  const minutes = Math.floor(seconds / 60);
  const text = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** ISO date of a day in the 1900 system. */
function dayText(serial: number): string {
  if (serial >= 65_536) return civilText(serial);
  return (known[serial] ??= civilText(serial));
}

/** Days to civil date after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
function civilText(serial: number): string {
  if (serial === 60) return '1900-02-29';
  const unixDay = serial - unixEpoch + (serial < 60 ? 1 : 0);
  const shifted = unixDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
