import { z } from '../../zod';
import { inspectionShape } from '../file/inspection';
import { layoutShape } from '../file/layout';
import { amendmentShape } from '../review/amendment';
import { attemptShape } from './attempt';
import { importDraft } from './draft';
import { importShape } from './import';
import { mappedColumnInput } from './mapping';
import { rejectionShape } from './rejection';
import { statuses } from './status';
import { placedTransform } from './transform';

const sameFileShape = z
  .object({
    id: z.uuid(),
    status: z.enum(statuses),
    fileName: z.string(),
    user: z.object({ id: z.uuid(), name: z.string() }),
    dataset: z.object({ slug: z.string(), name: z.string() }).nullable(),
    at: z.iso.datetime().describe('When it was completed, or started if it is still running.'),
  })
  .meta({ id: 'SameFile', description: 'The latest other import of a file with the same content.' });
export type SameFile = z.infer<typeof sameFileShape>;

/** An import by which rows were rejected that a file brings again. */
const correctedImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  status: z.enum(statuses),
  dataset: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }).nullable(),
});
export type CorrectedImport = z.infer<typeof correctedImport>;

export const importDetailsShape = importShape
  .extend({
    sameFile: sameFileShape
      .nullable()
      .describe(
        'Where the same bytes were imported before, as far as the person who asks may see it. Known by size and ETag once the file is up, and by SHA-256 once it was read.',
      ),
    expectedRows: z
      .int()
      .nullable()
      .describe(
        'Rows that the file has, where a check read all of it; null: not known before the import is done.',
      ),
    attemptNotes: z.array(attemptShape).describe('How each attempt began.'),
    outdated: z
      .boolean()
      .describe(
        'In REVIEW: another import changed the dataset since this one was decided on, so what it would do has to be found out again (`…/fixes` without any fix).',
      ),
    publishedAfter: z
      .object({ id: z.uuid(), fileName: z.string() })
      .nullable()
      .describe(
        'The import into the same dataset that was published just before it, as far as the person who asks may see it.',
      ),
    inspection: inspectionShape.nullable(),
    draft: importDraft.nullable(),
    mapping: z
      .array(mappedColumnInput.extend({ slot: z.int(), transform: placedTransform.nullable().optional() }))
      .nullable(),
    layout: layoutShape.nullable(),
    rejections: z.array(rejectionShape).describe('The first rejections, at most 20.'),
    replaces: z
      .object({
        removed: z
          .int()
          .describe('Rows of the dataset whose key the file does not have; without a key, all.'),
        changed: z.int().describe('Rows of which the file has another version.'),
        kept: z.int().describe('Rows that the file has with the same values.'),
        added: z.int().describe('Rows that the dataset does not have.'),
        rejected: z
          .int()
          .describe(
            'Of those removed: rows that the file has too, but its row was rejected. Rows rejected for their key all count, of others those among the first 10,000 rejected rows.',
          ),
        rejectedRows: z.array(z.int()).describe('The first of those rows of the file, at most 20.'),
        keyed: z.boolean().describe('True: the rows behind the numbers can be listed.'),
        emptied: z
          .array(z.string())
          .describe('In REVIEW: columns of the dataset that the file lacks: they are empty afterwards.'),
      })
      .nullable()
      .describe(
        'Of an import that replaces its dataset: what that does to the rows that are there, in REVIEW and once it is published.',
      ),
    rejectedBy: correctedImport
      .nullable()
      .describe(
        'In MAPPING: the import whose rejected rows this file brings again, if it is the download of those.',
      ),
    amendments: z.array(amendmentShape).describe('What was changed in its review, in order.'),
  })
  .meta({ id: 'ImportDetails', description: 'One import with everything that its own page shows.' });
export type ImportDetails = z.infer<typeof importDetailsShape>;
