/** What speaks for it: the same name, a synonym, what was done with such a file before, its values, or a similar name. */
export const matchKinds = ['name', 'synonym', 'remembered', 'values', 'similar'] as const;
export type MatchKind = (typeof matchKinds)[number];
