import { once } from 'node:events';
import { copyStatement, forgetCopy } from '../db/copy-client';
import type { RowWriter } from './row-writer';

/** What JSON or COPY's text format has a special spelling for, and halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Text handed to the socket at a time: smaller pieces cost more calls, larger ones more memory. */
const pieceCharacters = 256 * 1024;

/**
 * A cell as a JSON string inside a COPY text line: JSON escapes first, then every backslash is doubled for COPY
 * (PostgreSQL manual, COPY, “Text Format”).
 */
function quoted(cell: string): string {
  return special.test(cell) ? JSON.stringify(cell).replaceAll('\\', '\\\\') : `"${cell}"`;
}

/**
 * One row as a line of COPY's text format.
 * @param prefix the import's id and a tab
 */
export function copyText(prefix: string, rowNumber: number, values: readonly (string | null)[]): string {
  let line = `${prefix + rowNumber}\t[`;
  for (let i = 0; i < values.length; i++) {
    const cell = values[i];
    if (i > 0) line += ',';
    line += cell === null || cell === undefined ? 'null' : quoted(cell);
  }
  return `${line}]\n`;
}

/** Writes rows by COPY inside the transaction: the default, ten times as fast as `createMany`. */
export const copyWriter: RowWriter = {
  async open(tx, importId) {
    const { sql, stream: opening } = copyStatement('"Row" ("importId", "rowNumber", "values")');
    const stored = tx.$executeRawUnsafe(sql);
    stored.catch(() => forgetCopy(sql));
    const stream = await Promise.race([
      opening,
      stored.then(() => Promise.reject(new Error('COPY did not open.'))),
    ]);
    let broken: Error | undefined;
    stream.on('error', (error: Error) => (broken = error));
    const prefix = `${importId}\t`;
    let text = '';

    const flush = async () => {
      if (broken) throw broken;
      if (text === '') return;
      const piece = text;
      text = '';
      if (!stream.write(piece)) await once(stream, 'drain');
    };
    return {
      add(rowNumber, values) {
        text += copyText(prefix, rowNumber, values);
      },
      async flush() {
        if (text.length >= pieceCharacters) await flush();
        else if (broken) throw broken;
      },
      async end() {
        await flush();
        stream.end();
        return await stored;
      },
      abandon(error) {
        stream.destroy(error);
      },
    };
  },
};
