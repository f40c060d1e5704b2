import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { ProposedColumn } from '@/lib/shared/schema/file/proposed-column';

/** A dataset by its name, whatever the case. */
export function datasetNamed(datasets: DatasetView[], name: string): DatasetView | null {
  const wanted = name.trim().toLowerCase();
  return datasets.find((dataset) => dataset.name.toLowerCase() === wanted) ?? null;
}

function hasColumns(dataset: DatasetView, columns: ProposedColumn[]): boolean {
  const names = new Set(dataset.columns.map((column) => column.name.toLowerCase()));
  return names.size === columns.length && columns.every((column) => names.has(column.name.toLowerCase()));
}

/** The name of a file without its ending, as somebody would call a dataset. */
export function bareName(fileName: string): string {
  return (
    fileName
      .replace(/\.[a-z0-9]{1,5}$/i, '')
      .replace(/_+/g, ' ')
      .trim()
      .slice(0, 190) || 'Dataset'
  );
}

/**
 * The name to propose: the file's, without its ending. A dataset of that name is proposed only if it has the
 * same columns; a new one gets a number otherwise.
 */
export function proposeDatasetName(
  fileName: string,
  columns: ProposedColumn[],
  datasets: DatasetView[],
): string {
  const bare = bareName(fileName);
  const there = datasetNamed(datasets, bare);
  if (!there || hasColumns(there, columns)) return there?.name ?? bare;
  for (let number = 2; ; number += 1) {
    const name = `${bare} ${number}`;
    if (!datasetNamed(datasets, name)) return name;
  }
}
