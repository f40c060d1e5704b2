import { z } from 'zod';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { CellsForm } from '@/lib/server/platform/db/generated/enums';
import { storedReasons } from '@/lib/shared/schema/import/stored-import';

const common = { rowNumber: z.number().int(), cells: z.array(z.string()), reasons: storedReasons };

const line = z.object({ ...common, cellsForm: z.enum(CellsForm), staged: z.boolean() });

const oldCodes = {
  key: ['empty-key', 'duplicate-key', 'existing-key'],
  reader: [
    'invalid-encoding',
    'nul-byte',
    'bad-character',
    'bad-quotes',
    'across-columns',
    'formula-error',
    'cell-too-large',
    'cell-twice',
  ],
};

/**
 * Lines of before did not say what their cells are: it was to be told from the codes of the reasons. The migration
 * `rejection_facts` tells it the same way for the rows in the database.
 */
const oldLine = (inStagedChunk: boolean) =>
  z.object(common).transform(({ rowNumber, cells, reasons }): RejectedRow => {
    const codes = reasons.map(({ code }) => code);
    const staged = inStagedChunk || codes.some((code) => oldCodes.key.includes(code));
    return {
      rowNumber,
      cells,
      cellsForm: staged || codes.includes('not-unique') ? 'CANONICAL' : 'RAW',
      staged,
      reasons: reasons.map(({ code, ...reason }) => ({
        ...reason,
        code: code === 'repeated' ? 'not-unique' : code,
        ...(oldCodes.reader.includes(code) ? { unseen: true } : {}),
      })),
    };
  });

/**
 * A rejected row as a line of an object holds it.
 * @param inStagedChunk of an object whose rows are all staged: a row of the old form that was corrected since has
 *   reasons that do not tell it
 */
export const chunkLine = (inStagedChunk: boolean) => z.union([line, oldLine(inStagedChunk)]);
