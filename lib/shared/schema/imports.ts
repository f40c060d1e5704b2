import { foreignFormats } from '../formats/foreign';
import { mostTableColumns } from '../most-table-columns';
import { z } from '../zod';
import { columnFormat, columnRules, columnSpelling, dateOrders } from './column-rules';
import { failureReasons } from './failure';
import { statuses } from './import-status';
import { leftOutKinds } from './left-out-kinds';
import { matchKinds } from './match-kinds';
import { attemptShape } from './receipt';
import { amendmentShape } from './review';
import { rights } from './user-labels';

/**
 * What goes over the wire between pages, command line and server: the schemas that requests are parsed by,
 * and the shapes of answers. Safe in a browser.
 */

export const columnTypes = [
  'TEXT',
  'INTEGER',
  'DECIMAL',
  'BOOLEAN',
  'DATE',
  'DATETIME',
  'TIME',
  'EMAIL',
  'URL',
  'CHOICE',
  'JSON',
] as const;
export type ColumnType = (typeof columnTypes)[number];

export type DateOrder = (typeof dateOrders)[number];

/** `POST /api/imports` */
export const createImportInput = z.object({
  fileName: z
    .string()
    .min(1)
    .max(5_000)
    // Whatever a file is called it can be imported: what cannot be stored or shown is taken out of its name.
    .overwrite((name) => name.toWellFormed().replace(/\p{Cc}+/gu, ' ')),
  fileSize: z.number().int().nonnegative(),
});
export type CreateImportInput = z.infer<typeof createImportInput>;

/** `POST /api/imports/:id/upload/parts`: addresses for these parts */
export const signPartsInput = z.object({
  partNumbers: z.array(z.number().int().min(1).max(10_000)).min(1).max(100),
});

/** `GET /api/imports/:id/upload/parts`: those that are up, behind this one */
export const storedPartsQuery = z.object({ after: z.coerce.number().int().min(0).max(10_000).default(0) });

/** `PUT /api/imports/:id/layout`: read the head this way, again or once the file is up */
export const layoutChoicesInput = z.object({
  encoding: z.string().max(40).optional(),
  delimiter: z
    .string()
    .min(1)
    .max(5)
    .optional()
    .describe(
      'At most four characters; or “fixed”: columns begin at fixed places, with blanks between them.',
    ),
  quote: z.enum(['"', "'"]).nullable().optional(),
  sheet: z.string().max(200).optional(),
  headerRow: z.number().int().min(1).max(10_000).nullable().optional(),
  headerRows: z
    .number()
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe('With `headerRow`: how many rows from there on name the columns together; without it, one.'),
  leftOut: z
    .partialRecord(z.enum(leftOutKinds), z.boolean())
    .optional()
    .describe('Rows that look like no data, by kind: true leaves them out, false imports them.'),
});
export type LayoutChoicesInput = z.infer<typeof layoutChoicesInput>;

/** A column of the file and what becomes of it. Columns that are left out of the mapping are skipped. */
export const mappedColumnInput = z.object({
  /** Position in the file, 0-based. */
  index: z.number().int().min(0).max(1_599),
  name: z.string().trim().min(1).max(200),
  type: z.enum(columnTypes),
  /** How dates are written; null or absent: only ISO 8601 is taken. */
  dateOrder: z.enum(dateOrders).nullable().optional(),
  /** The decimal sign; the default is a point. */
  decimalSign: z.enum(['.', ',']).nullable().optional(),
  /** What else this file's spelling of the values needs. */
  format: columnFormat.nullable().optional(),
  /** What a new column asks of its values. One that the dataset has already keeps its own rules. */
  rules: columnRules.nullable().optional(),
});
export type MappedColumnInput = z.infer<typeof mappedColumnInput>;

/** What an import does with rows that are there already. All but the first and the last need a dataset with a key. */
export const importModes = ['APPEND', 'UPSERT', 'INSERT', 'UPDATE', 'REPLACE'] as const;
export type ImportModeName = (typeof importModes)[number];

/** Which of several rows of one file with the same key counts; `REJECT`: none. */
export const duplicateRules = ['LAST', 'FIRST', 'REJECT'] as const;
export type DuplicateRuleName = (typeof duplicateRules)[number];

/**
 * What becomes of an import some of whose rows are rejected: the others go in, none does until what is wrong is put
 * right, or a person looks at the outcome in any case.
 */
export const rejectionChoices = ['IMPORT_VALID', 'STOP', 'REVIEW'] as const;
export type RejectionChoice = (typeof rejectionChoices)[number];

/** `POST /api/imports/:id/start` */
export const startImportInput = z.object({
  dataset: z.union([z.object({ id: z.uuid() }), z.object({ name: z.string().trim().min(1).max(200) })]),
  columns: z.array(mappedColumnInput).min(1).max(mostTableColumns),
  /** Rows with too few cells: `reject` (the default) or fill up with empty cells. */
  shortRows: z.enum(['reject', 'pad']).default('reject'),
  key: z
    .array(z.string().trim().min(1).max(200))
    .max(16)
    .optional()
    .describe(
      'Names of the columns that make a row’s key. For the first import of a dataset, which keeps it.',
    ),
  mode: z
    .enum(importModes)
    .optional()
    .describe('Without it, UPSERT where the dataset has a key and APPEND where it has none.'),
  duplicates: z.enum(duplicateRules).default('LAST'),
  onRejection: z
    .enum(rejectionChoices)
    .default('IMPORT_VALID')
    .describe(
      'IMPORT_VALID: rows that are not rejected go in; if all are rejected, the import waits in REVIEW. STOP: if any is rejected, nothing goes in, and the import waits in REVIEW. REVIEW: it waits there in any case. What waits goes in by `…/publication`.',
    ),
});
export type StartImportInput = z.input<typeof startImportInput>;

/** `POST /api/imports/:id/publication` */
export const publicationInput = z.object({
  removes: z
    .int()
    .min(0)
    .optional()
    .describe(
      'How many rows of the dataset the person agreed to remove, by `replaces.removed`. Another number than that is refused.',
    ),
});
export type PublicationInput = z.infer<typeof publicationInput>;

/** What a person chooses one after the other. */
export const choosingSteps = ['SHEET', 'HEADER', 'COLUMNS'] as const;
export type ChoosingStep = (typeof choosingSteps)[number];

/** `PUT /api/imports/:id/draft`. What is left out was not chosen yet. */
export const importDraft = z
  .object({
    dataset: z.string().max(200).nullable().describe('The dataset’s name as it was typed.'),
    into: z
      .uuid()
      .nullable()
      .describe('The dataset that the person chose, also if it was made after the file was uploaded.'),
    columns: z
      .array(
        z.object({
          header: z.string().max(1_000).describe('The file’s column, by its name in the file.'),
          included: z.boolean(),
          name: z.string().max(200),
          type: z.enum(columnTypes),
          dateOrder: z.enum(dateOrders).nullable(),
          decimalSign: z.enum(['.', ',']).nullable(),
          open: z.boolean().describe('Two readings are possible, and none was chosen.'),
          format: columnFormat,
          rules: columnRules,
        }),
      )
      .max(mostTableColumns)
      .describe('Those that the person changed.'),
    shortRows: z.enum(['reject', 'pad']),
    key: z.array(z.string().max(200)).max(16),
    mode: z.enum(importModes),
    duplicates: z.enum(duplicateRules),
    onRejection: z.enum(rejectionChoices),
    step: z.enum(choosingSteps).describe('What the person is at.'),
    sameFileSeen: z.boolean().describe('The person knows that the same file was imported before.'),
  })
  .partial()
  .meta({ id: 'ImportDraft', description: 'What was chosen for an import that is not started yet.' });
export type ImportDraft = z.infer<typeof importDraft>;

/** How a person may want a column of text read. */
export const suggestedReading = z
  .object({
    type: z.enum(columnTypes),
    dateOrder: z.enum(dateOrders).nullable(),
    decimalSign: z.enum(['.', ',']).nullable(),
    format: columnFormat.nullable(),
    rules: columnRules.nullable(),
    evidence: z.string().describe('What speaks for it: a sentence.'),
  })
  .meta({
    id: 'SuggestedReading',
    description:
      'Another reading of a column, which would change how values are stored, so that only a person takes it.',
  });
export type SuggestedReading = z.infer<typeof suggestedReading>;

const proposedColumnShape = z
  .object({
    index: z.int(),
    name: z.string(),
    type: z.enum(columnTypes),
    dateOrder: z.enum(dateOrders).nullable(),
    decimalSign: z.enum(['.', ',']).nullable(),
    format: columnFormat
      .nullable()
      .describe('What its values need to be read either way, where that is open; null: nothing.'),
    evidence: z.string().describe('Why this type: a sentence.'),
    ambiguous: z
      .boolean()
      .describe(
        'True where two readings are equally likely and the person has to choose (03/04/2026; 1,234).',
      ),
    misfits: z.int().describe('Values of the rows looked at that do not fit the type.'),
    suggestion: suggestedReading.nullable(),
  })
  .meta({
    id: 'ProposedColumn',
    description: 'A proposal for one column of the file, with what speaks for it.',
  });
export type ProposedColumn = z.infer<typeof proposedColumnShape>;

export const sheetExtent = z
  .object({
    rows: z.int().describe('Rows with a value.'),
    columns: z.int().describe('Columns with a value.'),
    isExact: z.boolean().describe('Otherwise the rows were estimated from the first ones.'),
  })
  .meta({ id: 'SheetExtent', description: 'How much a sheet holds.' });

const layoutShape = z
  .object({
    format: z.enum(['csv', 'xlsx']),
    encoding: z.string().nullable(),
    delimiter: z
      .string()
      .nullable()
      .describe('“fixed” where columns begin at fixed places, with blanks between them.'),
    quote: z.string().nullable(),
    sheet: z.string().nullable(),
    sheets: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['visible', 'hidden', 'veryHidden']),
        hasRows: z.boolean(),
        extent: sheetExtent.nullable().describe('Null where it was not counted.'),
      }),
    ),
    headerRow: z.int().nullable(),
    headerRows: z
      .array(z.int())
      .describe('The rows that name the columns: one as a rule, several where they do so together.'),
    rowsAbove: z
      .int()
      .describe(
        'Rows with something in them above the header or, without one, above the data: not imported.',
      ),
    convertedFrom: z
      .enum(foreignFormats)
      .nullable()
      .describe('The format of a spreadsheet that was converted, values only, before it was read.'),
  })
  .meta({ id: 'Layout', description: 'How the file is written; null where it does not apply.' });
export type LayoutView = z.infer<typeof layoutShape>;

const numberedRows = z.array(z.object({ row: z.int(), cells: z.array(z.string()) }));

export const leftOutRows = z
  .object({
    kind: z.enum(leftOutKinds),
    isLeftOut: z.boolean(),
    says: z.string().describe('Which rows they are, and what becomes of them: a sentence.'),
  })
  .meta({ id: 'LeftOutRows', description: 'Rows that look like no data of the table.' });

export const encodingReading = z
  .object({
    encoding: z.string(),
    lines: z
      .array(z.array(z.object({ text: z.string(), differs: z.boolean() })))
      .describe(
        'Lines of the file as they read in it, in parts: those that read otherwise elsewhere differ.',
      ),
  })
  .meta({ id: 'EncodingReading', description: 'How a file reads in one of the encodings it may be in.' });
export type EncodingReading = z.infer<typeof encodingReading>;

const inspectionShape = z
  .object({
    layout: layoutShape,
    encodings: z
      .array(encodingReading)
      .describe(
        'Where a short file leaves its encoding open: how it reads in two or three, the likeliest first.',
      ),
    columns: z.array(proposedColumnShape),
    sample: numberedRows.describe('First rows of data, as text cells.'),
    top: numberedRows.describe('First rows of all, the header and what stands above it among them.'),
    headerSure: z
      .boolean()
      .describe(
        'Whether something shows that this is the header, and nothing stands above it; or a person said so.',
      ),
    leftOut: z.array(leftOutRows),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'Inspection', description: 'What was understood of the file, to be confirmed or corrected.' });
export type InspectionView = z.infer<typeof inspectionShape>;

export const rejectionShape = z
  .object({
    row: z.int().describe('Row number in the file.'),
    column: z.string().nullable().describe('The column’s name, or null when the whole row is meant.'),
    value: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'Rejection', description: 'Why a row was not stored.' });
export type RejectionView = z.infer<typeof rejectionShape>;

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
    failure: z
      .object({ reason: z.enum(failureReasons), message: z.string(), nextStep: z.string() })
      .nullable(),
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
    corrects: z
      .uuid()
      .nullable()
      .describe('The import whose rejected rows this file brings again; null: it is an import of its own.'),
    waitsUntil: z.iso
      .datetime()
      .nullable()
      .describe('While it is in REVIEW: when it ends by itself with nothing stored; null: never.'),
    publication: z
      .int()
      .nullable()
      .describe('Its place in the order of the dataset’s imports, once it was published.'),
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
    mapping: z.array(mappedColumnInput.extend({ slot: z.int() })).nullable(),
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
    correction: z
      .uuid()
      .nullable()
      .describe('The latest file with corrected rows of this import, which is an import by itself.'),
    amendments: z.array(amendmentShape).describe('What was changed in its review, in order.'),
  })
  .meta({ id: 'ImportDetails', description: 'One import with everything that its own page shows.' });
export type ImportDetails = z.infer<typeof importDetailsShape>;

const signedUrl = z
  .url()
  .describe('A signed address, good for 15 minutes. Its secret is the address: do not log it.');

/** How a file goes up in one piece. */
export const singleUploadShape = z.object({
  kind: z.literal('single'),
  url: signedUrl,
  headers: z
    .record(z.string(), z.string())
    .describe(
      'To be sent with the PUT, for they are signed. `If-None-Match: *` has the store answer 412 where the file is up already.',
    ),
});

/** Answer of `POST /api/imports`. */
export const createdImportShape = z
  .object({
    import: importShape,
    upload: z.discriminatedUnion('kind', [
      singleUploadShape,
      z.object({ kind: z.literal('multipart'), partSize: z.int(), partCount: z.int() }),
    ]),
  })
  .meta({ id: 'CreatedImport', description: 'An import that waits for its file, and how the file goes up.' });
export type CreatedImport = z.infer<typeof createdImportShape>;

export const datasetShape = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    columns: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        type: z.enum(columnTypes),
        slot: z.int(),
        rules: columnRules.nullable(),
        format: columnSpelling
          .nullable()
          .describe('How files spell its values, unless an import says otherwise.'),
        synonyms: z.array(z.string()).describe('Other names that files have for it.'),
      }),
    ),
    key: z
      .array(z.string())
      .describe('Names of the columns that make a row’s key; empty where there is none.'),
    rows: z.int(),
    imports: z.int().describe('Imports that completed, also those that were undone since.'),
    owner: z.object({ id: z.uuid(), name: z.string() }),
    right: z.enum(rights).describe('What the person who asks may do with it.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Dataset' });
export type DatasetView = z.infer<typeof datasetShape>;

/** Answer of `GET /api/datasets`. */
export const datasetPageShape = z.object({
  datasets: z.array(datasetShape),
  next: z.string().nullable().describe('Pass as `after` for the next page; null at the end.'),
});
export type DatasetPage = z.infer<typeof datasetPageShape>;

/** One page of a dataset's rows. */
export const rowPageShape = z
  .object({
    rows: z.array(
      z.object({
        importId: z.uuid(),
        row: z.int(),
        cells: z.array(z.string().nullable()).describe('In column order, null for an empty cell.'),
      }),
    ),
    next: z.string().nullable().describe('Pass as `after` for the next page; null at the end.'),
  })
  .meta({ id: 'RowPage' });
export type RowPage = z.infer<typeof rowPageShape>;
export type DatasetColumnView = DatasetView['columns'][number];

/** `POST /api/datasets/:slug/matches`: which columns a file with these headers would go into */
export const matchInput = z.object({ headers: z.array(z.string().max(1_000)).min(1).max(mostTableColumns) });

export const matchesShape = z.object({
  matches: z
    .array(
      z
        .object({
          column: z.string().nullable().describe('The dataset’s column; null: left out, as last time.'),
          how: z.enum(matchKinds),
          confidence: z.number().describe('From 0 to 1; 1 for everything but similar names.'),
          dateOrder: z.enum(dateOrders).nullable(),
          decimalSign: z.enum(['.', ',']).nullable(),
          format: columnFormat.nullable(),
        })
        .nullable(),
    )
    .describe(
      'For each header, in order; null where nothing matches. Values are spelled as in the last such file, or else as the column says.',
    ),
});
export type ColumnMatch = NonNullable<z.infer<typeof matchesShape>['matches'][number]>;

/** `PUT /api/datasets/:slug/columns/:id`. What is left out stays as it is. */
export const columnInput = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  position: z.number().int().min(0).max(1_599).optional().describe('Place among the columns, from 0.'),
  synonyms: z.array(z.string().trim().min(1).max(200)).max(50).optional(),
  rules: columnRules.nullable().optional(),
  format: columnSpelling.nullable().optional(),
});
export type ColumnInput = z.infer<typeof columnInput>;
