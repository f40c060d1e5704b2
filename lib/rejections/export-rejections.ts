import { csvRecord, escapeFormula } from '../rows/export-rows';
import { listRejections } from './list-rejections';

const pageRows = 1_000;

/** Every rejection as CSV: row, column, value, reason. Opened in a spreadsheet program, so formulas are escaped. */
export async function* exportRejections(importId: number): AsyncGenerator<string> {
  yield csvRecord(['row', 'column', 'value', 'reason']);
  let after: number | null = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<typeof listRejections>> = await listRejections(importId, {
      after,
      limit: pageRows,
    });
    yield page.rejections
      .map(({ row, column, value, reason }) =>
        csvRecord([String(row), escapeFormula(column ?? ''), escapeFormula(value), reason]),
      )
      .join('');
    after = page.next;
  }
}
