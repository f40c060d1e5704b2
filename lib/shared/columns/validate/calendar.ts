const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for a day of the proleptic Gregorian calendar, which is PostgreSQL's and ISO 8601's. */
export function exists(year: number, month: number, day: number): boolean {
  const days = daysIn[month - 1];
  if (days === undefined || day < 1 || day > days || year < 1) return false;
  if (month !== 2 || day < 29) return true;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
