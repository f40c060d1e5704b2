import type {
  ColumnInput,
  ColumnMatch,
  DatasetPage,
  DatasetView,
  RowPage,
} from '@/lib/shared/schema/imports';
import type { RowHistory } from '@/lib/shared/schema/rows';
import type { RightName } from '@/lib/shared/schema/user-labels';
import { call, queryOf } from './client';

const path = (slug: string) => `/api/datasets/${encodeURIComponent(slug)}`;

/** Which datasets are wanted. */
export interface DatasetFilter {
  /** Part of the name. */
  q?: string;
  /** The whole name, whatever the case. */
  named?: string;
  /** What one may do with it at least. */
  right?: RightName;
  limit?: number;
}

/** One page of the datasets, by name. @param after the `next` of the page before; null: the first */
export function listDatasets(
  filter: DatasetFilter,
  after: string | null,
  signal?: AbortSignal,
): Promise<DatasetPage> {
  return call('GET', `/api/datasets?${queryOf({ ...filter, after })}`, { signal });
}

/** One dataset with its columns. */
export function getDataset(slug: string, signal?: AbortSignal): Promise<DatasetView> {
  return call('GET', path(slug), { signal });
}

/** For each header of a file, in order, the column of a dataset that it would go into. */
export async function matchColumns(
  slug: string,
  headers: string[],
  signal?: AbortSignal,
): Promise<(ColumnMatch | null)[]> {
  const answer = await call<{ matches: (ColumnMatch | null)[] }>('POST', `${path(slug)}/matches`, {
    body: { headers },
    signal,
  });
  return answer.matches;
}

/**
 * The next rows after this place, cells in column order.
 * @param at a moment of the past at which they were seen; null: now
 */
export function listRows(
  slug: string,
  after: string | null,
  at: string | null,
  signal?: AbortSignal,
): Promise<RowPage> {
  return call('GET', `${path(slug)}/rows?${queryOf({ limit: 200, at, after })}`, { signal });
}

/** Address of a dataset's download. */
export function exportUrl(
  slug: string,
  format: 'csv' | 'json',
  { escapeFormulas = false, at = null }: { escapeFormulas?: boolean; at?: string | null } = {},
): string {
  const query = queryOf({ format, escape: escapeFormulas ? 'formulas' : null, at });
  return `${path(slug)}/export?${query}`;
}

/** Everything that was ever written at the place of a row. */
export function readRowHistory(
  slug: string,
  importId: string,
  row: number,
  signal?: AbortSignal,
): Promise<RowHistory> {
  return call('GET', `${path(slug)}/rows/${encodeURIComponent(importId)}/${row}`, { signal });
}

/** Address of a dataset's file to fill in. */
export function templateUrl(slug: string, format: 'csv' | 'xlsx'): string {
  return `${path(slug)}/template?format=${format}`;
}

/** Changes a column; later imports follow it. */
export function changeColumn(slug: string, id: string, input: ColumnInput): Promise<DatasetView> {
  return call('PUT', `${path(slug)}/columns/${id}`, { body: input });
}

/** Deletes a dataset for good, with everybody's imports into it. */
export async function deleteDataset(slug: string): Promise<void> {
  await call('DELETE', path(slug));
}
