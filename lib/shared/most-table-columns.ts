/** Columns that a table of PostgreSQL can have, and so a dataset. */
export const mostTableColumns = 1_600;
