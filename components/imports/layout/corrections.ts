import { typeLabel } from '@/lib/shared/columns/labels';
import { fixedWidth } from '@/lib/shared/csv/dialect';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { LayoutView } from '@/lib/shared/schema/file/layout';

/** Of columns, in one notice. */
const mostNamed = 5;

/** What the worker, which read more of a file, found other than the first look at its beginning: a sentence each. */
export function correctionsOf(seen: InspectionView, read: InspectionView): string[] {
  const named = (layout: LayoutView) => ({
    Encoding: layout.encoding?.toUpperCase() ?? 'none',
    Delimiter:
      layout.delimiter === '\t'
        ? 'tab'
        : layout.delimiter === fixedWidth
          ? 'none: columns of fixed width'
          : `“${layout.delimiter ?? ''}”`,
    'Header row': layout.headerRow === null ? 'none' : `${layout.headerRow}`,
  });
  const [before, now] = [Object.entries(named(seen.layout)), Object.entries(named(read.layout))];
  const sentences = now.flatMap(([what, is], i) => {
    const was = before[i]?.[1];
    return was === is ? [] : [`${what}: ${is} rather than ${was}.`];
  });
  const names = ({ columns }: InspectionView) => columns.map(({ name }) => name);
  if (names(seen).join('\0') !== names(read).join('\0')) {
    const listed = names(read).slice(0, mostNamed).join(', ');
    const more = read.columns.length - mostNamed;
    return [...sentences, `Columns: ${listed}${more > 0 ? ` and ${more} more` : ''}.`];
  }
  const types = read.columns.flatMap(({ name, type, evidence }, i) => {
    const was = seen.columns[i]?.type ?? type;
    return was === type ? [] : [`“${name}”: ${typeLabel(type)} rather than ${typeLabel(was)}. ${evidence}`];
  });
  const more = types.length - mostNamed;
  return [
    ...sentences,
    ...types.slice(0, mostNamed),
    ...(more > 0 ? [`${more} more columns have another type.`] : []),
  ];
}
