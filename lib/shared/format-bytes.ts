const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes in the unit that reads best, powers of 1,000 as file managers show them: “1.3 GB”. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  const number = new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value);
  return `${number} ${units[unit] ?? 'B'}`;
}
