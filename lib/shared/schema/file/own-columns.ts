/** The columns that a file of rejected rows has beside those of the import’s file. Safe in a browser. */
export const ownColumns = {
  import: 'Sluice import',
  row: 'Sluice row',
  /** What a row has beyond the last column. */
  rest: 'Sluice more cells',
  /** Only where values are made in steps: whether the cells of a row went through them already. */
  stored: 'Sluice steps done',
  reason: 'Sluice reason',
} as const;

/** What stands there. */
export const stepsDone = 'yes';

/** Whether a file with these columns is one of rejected rows, downloaded from an import. */
export function isRejectionsFile(columns: { name: string }[]): boolean {
  const names = new Set(columns.map(({ name }) => name));
  return names.has(ownColumns.import) && names.has(ownColumns.row);
}

/** Whether a column of such a file is Sluice’s own, and no data. */
export function isOwnColumn(name: string): boolean {
  return Object.values<string>(ownColumns).includes(name);
}
