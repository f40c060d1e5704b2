/** A boolean cell as spreadsheet programs show it. */
export function booleanText(text: string): string {
  const value = text.trim().toLowerCase();
  if (value === '1' || value === 'true') return 'TRUE';
  if (value === '0' || value === 'false') return 'FALSE';
  return text;
}

/** An ISO 8601 date cell (18.18.11 ST_CellType `d`) in the form that serial dates take. */
export function isoText(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d+))?Z?)?$/.exec(text.trim());
  if (!parts) return text;
  const [, date = '', time, fraction = ''] = parts;
  const rest = fraction.replace(/0+$/, '');
  if (time === undefined || (time === '00:00:00' && rest === '')) return date;
  return rest === '' ? `${date}T${time}` : `${date}T${time}.${rest.padEnd(3, '0')}`;
}
