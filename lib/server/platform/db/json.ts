import type { Prisma } from './generated/client';

/** A plain value as Prisma takes it for a JSON column: what JSON has no word for (undefined) is left out. */
export function jsonValue(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value));
}
