import type { InspectionView } from '@/lib/shared/schema/file/inspection';

/** The first three distinct values of a column. */
export function samplesOf(sample: InspectionView['sample'], index: number): string[] {
  const values = new Set<string>();
  for (const { cells } of sample) {
    const value = cells[index];
    if (value) values.add(value.slice(0, 60));
    if (values.size === 3) break;
  }
  return [...values];
}
