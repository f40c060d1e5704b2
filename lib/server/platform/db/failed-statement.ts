import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma } from './generated/client';

const noted = new AsyncLocalStorage<{ statement?: string }>();
const models = new Set<string>(Object.values(Prisma.ModelName));

/** Does some work in which {@link failedStatement} tells what failed last. */
export function notingStatements<T>(work: () => Promise<T>): Promise<T> {
  return noted.run({}, work);
}

/** The name of the statement that the database refused last, for the log: Prisma's errors do not have it. */
export function failedStatement(): string | undefined {
  return noted.getStore()?.statement;
}

/** A statement was refused. */
export function noteStatement(sql: string): void {
  const place = noted.getStore();
  if (place) place.statement = nameOfStatement(sql);
}

/** What a statement does and with which tables, and nothing that may be a value or of people's naming. */
export function nameOfStatement(sql: string): string {
  const words = sql.match(/\w+/g) ?? [];
  const own = [...sql.matchAll(/"(ds_\d+)"\."(\w+)"/g)].map(([, schema, table]) => `${schema}.${table}`);
  const tables = new Set([...own, ...words.filter((word) => models.has(word))]);
  return [words[0]?.toUpperCase() ?? '', [...tables].join(', ')].join(' ').trim();
}
