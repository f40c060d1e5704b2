import type { ColumnInput, ColumnMatch, DatasetView, RowPage } from '@/lib/imports/contract';
import { call } from './client';

const path = (slug: string) => `/api/datasets/${encodeURIComponent(slug)}`;

/** All datasets. */
export async function listDatasets(signal?: AbortSignal): Promise<DatasetView[]> {
  const answer = await call<{ datasets: DatasetView[] }>('GET', '/api/datasets', { signal });
  return answer.datasets;
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

/** The next rows after this place, cells in column order. */
export function listRows(slug: string, after: string | null, signal?: AbortSignal): Promise<RowPage> {
  const query = new URLSearchParams({ limit: '200' });
  if (after !== null) query.set('after', after);
  return call('GET', `${path(slug)}/rows?${query}`, { signal });
}

/** Address of a dataset's download. */
export function exportUrl(slug: string, format: 'csv' | 'json', escapeFormulas = false): string {
  return `${path(slug)}/export?format=${format}${escapeFormulas ? '&escape=formulas' : ''}`;
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
