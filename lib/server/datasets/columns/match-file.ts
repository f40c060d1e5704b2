import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { matchHeaders } from '@/lib/shared/columns/match-headers';
import { kindOfTarget, kindOfValues } from '@/lib/shared/columns/match-values';
import { isTransformed, namedTransform } from '@/lib/shared/columns/transform/compile-transform';
import { saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { matchesShape, matchInput } from '@/lib/shared/schema/dataset/match';
import { isOwnColumn, isRejectionsFile } from '@/lib/shared/schema/file/own-columns';
import { type MappedColumn, storedInspection, storedMapping } from '@/lib/shared/schema/import/stored-import';
import { findDataset } from '../find-dataset';

/** Of a file's headers, whatever their order. */
export function headersHash(headers: string[]): string {
  return createHash('sha256').update(JSON.stringify(headers.toSorted())).digest('base64url');
}

/**
 * Which columns of a dataset a file with these headers goes into, and how the last such file spelled its values.
 * @throws AppError `not-found`; `forbidden` unless the person may import into it
 */
export async function matchFile(
  slug: string,
  { headers, values = [] }: z.infer<typeof matchInput>,
  user: User,
): Promise<z.infer<typeof matchesShape>> {
  const dataset = await findDataset(slug, user, 'IMPORT');
  // Rejected rows that come back have the columns of their file, and those of Sluice.
  const columns = headers.map((name) => ({ name }));
  const own = isRejectionsFile(columns) ? headers.filter((name) => !isOwnColumn(name)) : headers;
  const last = await lastMapping(dataset.id, own);
  const names = new Map(dataset.columns.map(({ slot, name }) => [slot, name]));
  const { byHeader, added = [] } = last ?? {};
  const remembered = headers.map((header) => {
    const column = byHeader?.get(header);
    // A column that was dropped since is nothing to remember.
    return column === undefined ? undefined : column === null ? null : names.get(column.slot);
  });
  const spellings = new Map(dataset.columns.map(({ name, format }) => [name, format]));
  const targets = dataset.columns.map((column) => ({ ...column, kind: kindOfTarget(column) }));
  const kinds = values.map(kindOfValues);
  const matches = matchHeaders(headers, targets, remembered, kinds).map((match, i) => {
    if (!match) return null;
    const column = byHeader?.get(headers[i] ?? '');
    const { dateOrder = null, decimalSign = null, ...format } = spellings.get(match.column ?? '') ?? {};
    const same = column && names.get(column.slot) === match.column ? column : null;
    return {
      ...match,
      dateOrder: same?.dateOrder ?? dateOrder,
      decimalSign: same?.decimalSign ?? decimalSign,
      format: same?.format ?? (saysNothing(format) ? null : format),
      ...(same && isTransformed(same) ? { transform: namedTransform(same) } : {}),
    };
  });
  return {
    matches,
    added: added.flatMap((column) => {
      const name = names.get(column.slot);
      return name === undefined ? [] : [{ column: name, transform: namedTransform(column) }];
    }),
  };
}

/** What the last published file with the same headers went into. */
interface LastMapping {
  /** Of each header; null: it was left out. */
  byHeader: Map<string, MappedColumn | null>;
  /** Columns that were made of others, with none of the file's in their place. */
  added: MappedColumn[];
}

async function lastMapping(datasetId: string, headers: string[]): Promise<LastMapping | null> {
  const last = await db().import.findFirst({
    where: { datasetId, headersHash: headersHash(headers), status: 'COMPLETED', deletedAt: null },
    orderBy: { id: 'desc' },
    select: { mapping: true, inspection: true },
  });
  if (!last || last.mapping === null || last.inspection === null) return null;
  const mapping = storedMapping.parse(last.mapping);
  const byIndex = new Map(mapping.map((column) => [column.index, column]));
  const { columns, width } = storedInspection.parse(last.inspection);
  return {
    byHeader: new Map(columns.map(({ name, index }) => [name, byIndex.get(index) ?? null])),
    added: mapping.filter(({ index }) => index >= width),
  };
}
