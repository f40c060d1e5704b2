/** Days since 2000-01-01, which is where PostgreSQL counts from, of a day of the calendar from the year 1 on. */
export function daysSince2000(year: number, month: number, day: number): number {
  // Years begin with March, so that a leap day is the last of its year.
  const y = month > 2 ? year : year - 1;
  const hundreds = (y / 100) | 0;
  const leapDays = (y >> 2) - hundreds + (hundreds >> 2);
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
  return y * 365 + leapDays + dayOfYear - 730_425;
}
