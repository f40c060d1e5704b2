import { z } from '../../zod';
import { uploadWayShape } from '../file/upload';
import { correctionShape, failureShape } from '../review/correction';
import { duplicateRules, importModes, rejectionChoices } from './start';
import { statuses } from './status';

const rowCountsShape = z
  .object({
    read: z.int(),
    inserted: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    skipped: z.int(),
    rejected: z.int(),
  })
  .meta({
    id: 'RowCounts',
    description:
      'Rows so far; once COMPLETED the account, which balances. Of an import that replaced its dataset: rows that were added, changed and kept.',
  });
export type RowCounts = z.infer<typeof rowCountsShape>;

export const importShape = z
  .object({
    id: z.uuid(),
    status: z.enum(statuses),
    failure: failureShape.nullable(),
    file: z.object({
      name: z.string(),
      bytes: z.int(),
      sha256: z.string().nullable(),
      deletedAt: z.iso
        .datetime()
        .nullable()
        .describe('Since when the source file and the rejected rows are not kept any more.'),
    }),
    dataset: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }).nullable(),
    user: z.object({ id: z.uuid(), name: z.string() }),
    mode: z.enum(importModes),
    duplicates: z
      .enum(duplicateRules)
      .describe('Which of several rows of the file with the same key counted.'),
    onRejection: z.enum(rejectionChoices),
    correction: correctionShape
      .nullable()
      .describe('The latest file with corrected rows of this import; null: there is none.'),
    waitsUntil: z.iso
      .datetime()
      .nullable()
      .describe('While it is in REVIEW: when it expires with nothing imported; null: never.'),
    publishedRevision: z
      .int()
      .nullable()
      .describe(
        'The version of the dataset that publishing it made: its place in the order of the dataset’s published imports. Pages show it as “version 3”.',
      ),
    rows: rowCountsShape,
    rowsLeftOut: z
      .int()
      .describe(
        'Rows of the file with nothing but blanks in them, or that were left out as no data (totals, notes, repeated headers): neither read nor stored, only counted.',
      ),
    rowsRemoved: z
      .int()
      .describe('Rows of the dataset that it removed when it replaced it; 0 where `replaces` is null.'),
    bytesRead: z.int().describe('Bytes of the file that were read so far.'),
    rowsPerSecond: z.number().nullable().describe('While rows flow, and at the end.'),
    secondsLeft: z.number().nullable().describe('While rows flow.'),
    seconds: z.number().nullable().describe('From the start of the job to its end, or to now.'),
    inspections: z
      .int()
      .describe('How often the head of its file was read: its `inspection` is new each time.'),
    attempts: z.int(),
    peakRssMb: z.int().nullable(),
    redoUntil: z.iso
      .datetime()
      .nullable()
      .describe('While it is UNDONE: when its rows are deleted, so that it cannot be redone; null: never.'),
    rowsDeletedAt: z.iso
      .datetime()
      .nullable()
      .describe('Since when the rows of this undone import are not kept any more: it cannot be redone.'),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    sequence: z.string().describe('Event id: a decimal number as text that grows with every change.'),
  })
  .meta({ id: 'Import', description: 'One import as lists and progress events show it.' });
export type ImportView = z.infer<typeof importShape>;
export type ImportStatusName = ImportView['status'];

/** Answer of `POST /imports`. */
export const createdImportShape = z
  .object({
    import: importShape,
    upload: uploadWayShape,
  })
  .meta({ id: 'CreatedImport', description: 'An import that waits for its file, and how the file goes up.' });
export type CreatedImport = z.infer<typeof createdImportShape>;
