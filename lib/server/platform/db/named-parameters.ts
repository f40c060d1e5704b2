/**
 * A statement with parameters by name (`$importId`), as Prisma's raw queries take it: with numbers in place of the
 * names, and the values of those that occur.
 * @throws Error for a name that has no value
 */
export function withParameters(
  sql: string,
  values: Record<string, unknown>,
): [sql: string, ...values: unknown[]] {
  const names: string[] = [];
  const numbered = sql.replace(/\$([a-zA-Z]\w*)/g, (_, name: string) => {
    if (!Object.hasOwn(values, name)) throw new Error(`The parameter $${name} has no value.`);
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return [numbered, ...names.map((name) => values[name])];
}
