import type { StoredColumn } from '../storage/cell-sql';
import { exactMember, jsonText } from './copy-format';
import type { RowTarget } from './row-target';
import type { RowBuffer } from './row-writer';
import { asBytes } from './typed/as-bytes';
import { cellEncoders } from './typed/encoders';

/**
 * Rows as a JSON array of arrays: the row's number, what `_exact` is, canonical texts in the order of the table's columns,
 * and what `_more` is if the target has it.
 */
export class JsonBuffer implements RowBuffer {
  private rows = '';

  constructor(private readonly target: RowTarget) {}

  add(rowNumber: number, values: readonly (string | null)[]): void {
    const { columns, more } = this.target;
    let exact = '';
    let cells = '';
    for (const column of columns) {
      const text = values[column.slot];
      cells += `,${jsonText(text)}`;
      if (text === null || text === undefined || prints(column, text)) continue;
      exact += `${exact === '' ? '' : ','}${exactMember(column.slot, text)}`;
    }
    if (more.length > 0)
      cells += `,[${more.map((slot) => jsonText(slot === null ? null : values[slot])).join()}]`;
    const start = this.rows === '' ? '[' : ',[';
    this.rows += `${start}${rowNumber},${exact === '' ? 'null' : `{${exact}}`}${cells}]`;
  }

  take(): Uint8Array {
    return Buffer.from(`[${this.rows}]`);
  }

  release(): void {
    this.rows = '';
  }
}

/** Whether PostgreSQL spells a value as its text does. */
function prints({ type }: StoredColumn, text: string): boolean {
  const spelled = cellEncoders[type]?.prints;
  return !spelled || spelled(asBytes(text), 0, text.length);
}
