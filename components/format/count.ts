const counts = new Intl.NumberFormat('en');
const rates = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A whole number with thousands separators: 1,234,567. */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** A number with its noun: “1 row”, “2 rows”, “3,000 rows”. */
export function formatCountOf(value: number, singular: string, plural = `${singular}s`): string {
  return `${counts.format(value)} ${value === 1 ? singular : plural}`;
}

/** A rate a second, rounded: “12,345 rows/s”. */
export function formatRate(perSecond: number): string {
  return `${rates.format(perSecond)} rows/s`;
}
