/** The closed lists about people and their rights, and what a password has to be. Safe in a browser, without zod:
 * it compiles code, which the policy of pages forbids. */

export const roles = ['MEMBER', 'ADMIN'] as const;
export type RoleName = (typeof roles)[number];

/** What a person may do with a dataset of another: each includes the one before. */
export const rights = ['VIEW', 'IMPORT', 'MANAGE'] as const;
export type RightName = (typeof rights)[number];

/** Characters of a password: length is what counts. */
export const passwordLength = { min: 10, max: 128 };

/** What an API token may be allowed; whatever is not here, no token can do. */
export const scopes = ['imports:read', 'imports:write', 'datasets:read'] as const;
export type Scope = (typeof scopes)[number];

/** How long an API token may live at most. */
export const longestTokenDays = 365;
