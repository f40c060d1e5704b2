/** What a row may be that stands in a table and is none of its data. */
export const leftOutKinds = ['HEADER', 'TOTAL', 'NOTE', 'LINE'] as const;
export type LeftOutKind = (typeof leftOutKinds)[number];
