/**
 * Makes column names from header cells: trimmed, never blank, all different. A blank is named by its position
 * (`column_3`), a repeated name is numbered (`name`, `name_2`), and a number that is taken is passed over.
 *
 * @param header the header's cells as they stand in the file; empty for a file without one
 * @param width number of columns
 */
export function columnNames(header: string[], width: number): { columns: string[]; warnings: string[] } {
  const trimmed = Array.from({ length: width }, (_, i) => clean(header[i] ?? ''));
  // Names that differ only in case are the same name to a person, and to the dataset they go into.
  const taken = new Set(trimmed.map((name) => name.toLowerCase()));
  const used = new Set<string>();
  const duplicates = new Map<string, string[]>();
  const columns = trimmed.map((name, i) => {
    const wanted = name === '' ? `column_${i + 1}` : name;
    const key = wanted.toLowerCase();
    const free = name !== '' || !taken.has(key);
    if (free && !used.has(key)) {
      used.add(key);
      return wanted;
    }
    let n = 2;
    while (used.has(`${key}_${n}`) || taken.has(`${key}_${n}`)) n++;
    used.add(`${key}_${n}`);
    if (name !== '') duplicates.set(name, [...(duplicates.get(name) ?? []), `“${wanted}_${n}”`]);
    return `${wanted}_${n}`;
  });
  return {
    columns,
    warnings: [...duplicates].map(
      ([name, numbered]) =>
        `The column name “${name}” comes more than once. It was numbered: ${listed(numbered)}.`,
    ),
  };
}

/** NUL and halves of characters can be stored nowhere; a name does without them. */
function clean(cell: string): string {
  return cell
    .toWellFormed()
    .replace(/[\0␀\uFFFD]/g, '')
    .trim();
}

const mostListed = 5;
const listed = (names: string[]) =>
  `${names.slice(0, mostListed).join(', ')}${names.length > mostListed ? ', …' : ''}`;
