import { z } from 'zod';
import { layoutChoicesInput } from '@/lib/shared/schema/file/layout';
import { newFileInput } from '@/lib/shared/schema/file/upload';
import { checkAnswerShape } from '@/lib/shared/schema/import/check';
import { importDraft } from '@/lib/shared/schema/import/draft';
import { createdImportShape, importShape } from '@/lib/shared/schema/import/import';
import { importDetailsShape } from '@/lib/shared/schema/import/import-details';
import { outcomePageShape } from '@/lib/shared/schema/import/outcome';
import { rejectionShape } from '@/lib/shared/schema/import/rejection';
import { startImportInput } from '@/lib/shared/schema/import/start';
import { redoPreviewShape, undoInput, undoPreviewShape } from '@/lib/shared/schema/import/undo';
import { causesShape } from '@/lib/shared/schema/review/cause';
import { createdCorrectionShape } from '@/lib/shared/schema/review/correction';
import {
  editablePageShape,
  editedShape,
  editsInput,
  replacementInput,
} from '@/lib/shared/schema/review/edit';
import { fixesInput } from '@/lib/shared/schema/review/fix';
import { publicationInput } from '@/lib/shared/schema/review/publication';
import { listImportsQuery } from '../imports/list-imports';
import { outcomesQuery } from '../imports/outcomes/list-outcomes';
import { receiptShape } from '../imports/receipt/read-receipt';
import { exportRejectionsQuery, workbookType } from '../imports/rejections/export-rejections';
import { rejectionsQuery } from '../imports/rejections/list-rejections';
import { editableQuery } from '../imports/review/edits/editable-rows';
import { done, type Operations } from './operation';

export const imports: Operations = {
  '/imports': {
    get: {
      summary: 'The history, newest first',
      who: 'imports:read',
      query: listImportsQuery,
      answer: z.object({
        imports: z.array(importShape),
        next: z.int().nullable().describe('Pass as `before` for the next page; null at the end.'),
      }),
    },
    post: {
      summary: 'Begin an import',
      description:
        'Makes the import and the way for its file: one signed PUT up to 16 MiB, a multipart upload above. The file goes straight to the store, with exactly the length that is announced here.',
      who: 'imports:write',
      body: newFileInput,
      status: 201,
      answer: createdImportShape,
      repeatable: true,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}': {
    get: { summary: 'One import, with all about it', who: 'imports:read', answer: importDetailsShape },
    delete: {
      summary: 'Delete it for good',
      description:
        'What runs is cancelled. Rows, file and receipt go; the audit log says that it was there. One that completed has to be undone first.',
      who: 'session',
      answer: done,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/layout': {
    put: {
      summary: 'Read the head of the file this way: again, or once it is up',
      description:
        'What is left out stays as it was chosen before, or is found out again. The header row is that of its sheet: another sheet has it found anew.',
      who: 'imports:write',
      body: layoutChoicesInput,
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/draft': {
    put: {
      summary: 'Keep what was chosen so far',
      description: 'Until it is started, from the beginning of its upload. The last one counts, as a whole.',
      who: 'imports:write',
      body: importDraft,
      answer: done,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/check': {
    get: {
      summary: 'What would become of the rows of the file',
      description:
        'As far as the check is that was asked for last. While its `state` is WAITING or RUNNING, ask again.',
      who: 'imports:read',
      answer: checkAnswerShape,
    },
    post: {
      summary: 'Check the whole file before it is started',
      description:
        'Takes what starting the import takes, and has every row checked in the background as the import would check it. Nothing is stored. What was being checked before is given up; the same again changes nothing.',
      who: 'imports:write',
      body: startImportInput,
      answer: checkAnswerShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/start': {
    post: {
      summary: 'Confirm the columns and start',
      description: 'Columns of the file that are left out are skipped.',
      who: 'imports:write',
      body: startImportInput,
      answer: importShape,
      refusals: ['conflict'],
      repeatable: true,
    },
  },
  '/imports/{id}/cancellation': {
    post: {
      summary: 'Stop an import',
      description: 'None of its rows stay. Said again, it answers the same.',
      who: 'imports:write',
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/causes': {
    get: {
      summary: 'Why rows were rejected',
      description: 'Grouped by what is wrong, over the whole file, with examples and with what would help.',
      who: 'imports:read',
      answer: causesShape,
      refusals: ['gone'],
    },
  },
  '/imports/{id}/fixes': {
    post: {
      summary: 'Change how an import in REVIEW is read',
      description:
        'Looks again at the rejected rows, or at the whole file where valid rows could come out otherwise. Then it is in REVIEW again. Fixes that change the dataset’s column (ALLOW, DEFAULT, OPTIONAL, TEXT) ask for the right to manage the dataset and take no API token, as changing the column itself does.',
      who: 'imports:write',
      body: fixesInput,
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/fixes/{at}': {
    delete: {
      summary: 'Undo the last change of how an import in REVIEW is read',
      description:
        '`at` is that of its amendment. What it changed of the dataset’s column is undone as well, and nothing else of it. The file is read again; then it is in REVIEW again.',
      who: 'imports:write',
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/corrections': {
    post: {
      summary: 'Bring corrected rows into an import in REVIEW',
      description:
        'Makes the way for a file, as beginning an import does: the downloaded rejections, corrected. When its upload is completed, its rows are matched by import and row number and checked; then the import is in REVIEW again. How the file is stands in the import’s `correction`.',
      who: 'imports:write',
      body: newFileInput,
      status: 201,
      answer: createdCorrectionShape,
      repeatable: true,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/attachment': {
    post: {
      summary: 'Bring a file of corrected rows into the import that rejected them',
      description:
        'Of an import in MAPPING with `rejectedBy`, if that one is in REVIEW: as if the file had been sent there. It is no import of its own any more: the answer is the import that it corrects.',
      who: 'imports:write',
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/editable-rows': {
    get: {
      summary: 'Rejected rows to be edited',
      description:
        'With the raw cells of the columns that go in. The first 10,000 of the file; correct others by a file.',
      who: 'imports:read',
      query: editableQuery,
      answer: editablePageShape,
    },
  },
  '/imports/{id}/edits': {
    post: {
      summary: 'Edit cells of rejected rows',
      description:
        'Of an import in REVIEW. A row whose cells are all good is imported with the others. Send `undo` back to revert the edit.',
      who: 'imports:write',
      body: editsInput,
      answer: editedShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/replacement': {
    post: {
      summary: 'Find and replace in one column of the rejected rows',
      who: 'imports:write',
      body: replacementInput,
      answer: editedShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/publication': {
    post: {
      summary: 'Publish what was reviewed',
      description:
        'Publishes an import that is waiting for review, without reading the file again. Said again, it answers the same.',
      who: 'imports:write',
      body: publicationInput,
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/undo': {
    get: {
      summary: 'What undoing an import would do',
      description: 'What goes, what comes back, and what cannot since a later import changed it.',
      who: 'imports:read',
      answer: undoPreviewShape,
      refusals: ['conflict'],
    },
    post: {
      summary: 'Take a completed import back',
      description:
        'Its rows are out of the dataset at once, and earlier values are back. Where later imports changed its rows, “extent” is to be chosen. Said again, it answers the same.',
      who: 'imports:write',
      body: undoInput,
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/redo': {
    get: {
      summary: 'What redoing an import would do',
      who: 'imports:read',
      answer: redoPreviewShape,
      refusals: ['conflict'],
    },
    post: {
      summary: 'Bring an undone import back',
      description: 'With IN_ORDER, all that was undone together with it comes back.',
      who: 'imports:write',
      body: undoInput,
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/receipt': {
    get: {
      summary: 'The receipt, complete',
      description:
        'Who, when, the file with its SHA-256 and ETag, columns and options, the account, every attempt and where it went on, and when it was undone or redone.',
      who: 'imports:read',
      answer: receiptShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/rows': {
    get: {
      summary: 'The rows behind an entry of the account',
      description:
        'Inserted, updated (with the values before), left as they were, or skipped. In REVIEW: what publishing would do.',
      who: 'imports:read',
      query: outcomesQuery,
      answer: outcomePageShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/rejections': {
    get: {
      summary: 'Rows that were not stored, in the order of the file',
      who: 'imports:read',
      query: rejectionsQuery,
      refusals: ['gone'],
      answer: z.object({
        rejections: z.array(rejectionShape),
        next: z.int().nullable().describe('Pass as `after` for the next page; null at the end.'),
      }),
    },
  },
  '/imports/{id}/rejections/export': {
    get: {
      summary: 'Rows that were not stored, as a file to correct',
      description:
        'Each with import, row number, its raw cells and the reasons. Formulas are escaped. A workbook has room for 100,000 rows, with the bad cells coloured, the first 5,000 of them with the reason as a comment.',
      who: 'imports:read',
      query: exportRejectionsQuery,
      answer: ['text/csv', workbookType],
      refusals: ['gone', 'conflict'],
      answerDescription: 'The file.',
    },
  },
  '/imports/{id}/source': {
    get: {
      summary: 'The original file',
      who: 'imports:read',
      status: 302,
      answerDescription: 'It lies there, for five minutes.',
      refusals: ['too-many-requests', 'gone', 'conflict'],
    },
  },
  '/events': {
    get: {
      summary: 'Progress, as server-sent events',
      description:
        'First a snapshot of every import that is watched, then an event `import` whenever one changes, with the whole import as its data; `ping` every 15 s.',
      who: 'imports:read',
      query: z.object({
        import: z
          .array(z.string())
          .max(100)
          .optional()
          .describe('Imports to watch; all that move where none is named.'),
      }),
      answer: ['text/event-stream'],
      answerDescription:
        'The stream. It ends when the session does. A user may have 20 open on a web server.',
      refusals: ['too-many-requests'],
    },
  },
};
