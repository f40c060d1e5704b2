/**
 * Makes column names from header cells: trimmed, never blank, all different. A blank is named by its position
 * (`column_3`), a repeated name is numbered (`name`, `name_2`), and a number that is taken is passed over.
 *
 * @param header the header's cells as they stand in the file; empty for a file without one
 * @param width number of columns
 */
export function columnNames(header: string[], width: number): { columns: string[]; warnings: string[] } {
  const trimmed = Array.from({ length: width }, (_, i) => clean(header[i] ?? ''));
  const taken = new Set(trimmed);
  const used = new Set<string>();
  const duplicates = new Set<string>();
  const columns = trimmed.map((name, i) => {
    const wanted = name === '' ? `column_${i + 1}` : name;
    const free = name !== '' || !taken.has(wanted);
    if (free && !used.has(wanted)) {
      used.add(wanted);
      return wanted;
    }
    if (name !== '') duplicates.add(name);
    let n = 2;
    while (used.has(`${wanted}_${n}`) || taken.has(`${wanted}_${n}`)) n++;
    used.add(`${wanted}_${n}`);
    return `${wanted}_${n}`;
  });
  return {
    columns,
    warnings: [...duplicates].map((name) => `Duplicate column name “${name}” was numbered.`),
  };
}

/** NUL and halves of characters can be stored nowhere; a name does without them. */
function clean(cell: string): string {
  return cell
    .toWellFormed()
    .replace(/[\0␀\uFFFD]/g, '')
    .trim();
}
