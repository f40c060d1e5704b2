/** The largest `integer` of PostgreSQL: rows, imports and slots have no larger number. */
export const largestInteger = 2 ** 31 - 1;
