/** How sure it is: the same name, a synonym, what was done with such a file before, or a similar name. */
export const matchKinds = ['name', 'synonym', 'remembered', 'similar'] as const;
export type MatchKind = (typeof matchKinds)[number];
