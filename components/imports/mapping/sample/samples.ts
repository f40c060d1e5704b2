import type { InspectionView } from '@/lib/shared/schema/file/inspection';

/** The first distinct values of a column, three unless more are asked for. */
export function samplesOf(sample: InspectionView['sample'], index: number, most = 3): string[] {
  const values = new Set<string>();
  for (const { cells } of sample) {
    const value = cells[index];
    if (value) values.add(value.slice(0, 60));
    if (values.size === most) break;
  }
  return [...values];
}
