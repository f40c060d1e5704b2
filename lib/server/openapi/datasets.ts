import { z } from 'zod';
import { candidatesInput, candidatesShape } from '@/lib/shared/schema/dataset/candidate';
import { columnInput } from '@/lib/shared/schema/dataset/column';
import { datasetPageShape, datasetShape } from '@/lib/shared/schema/dataset/dataset';
import { matchesShape, matchInput } from '@/lib/shared/schema/dataset/match';
import { rowHistoryShape, rowPageShape } from '@/lib/shared/schema/dataset/row';
import { shareInput, shareShape } from '@/lib/shared/schema/user/users';
import { listDatasetsQuery } from '../datasets/find-dataset';
import { exportQuery } from '../datasets/rows/export/export-rows';
import { queryRowsQuery } from '../datasets/rows/query/query-rows';
import { templateQuery, workbookType } from '../datasets/templates/make-template';
import { done, type Operations } from './operation';

const shares = z.object({ shares: z.array(shareShape) });

export const datasets: Operations = {
  '/datasets': {
    get: {
      summary: 'Datasets, by name, page by page',
      who: 'datasets:read',
      query: listDatasetsQuery,
      answer: datasetPageShape,
    },
  },
  '/datasets/{slug}': {
    get: { summary: 'One dataset', who: 'datasets:read', answer: datasetShape },
    delete: {
      summary: 'Delete it for good, with everybody’s imports into it',
      description:
        'Nobody sees it from that moment; a job removes rows and files. Needs the right to manage it.',
      who: 'session',
      answer: done,
    },
  },
  '/datasets/{slug}/rows': {
    get: {
      summary: 'Its current rows, page by page',
      who: 'datasets:read',
      query: queryRowsQuery,
      answer: rowPageShape,
    },
  },
  '/datasets/{slug}/rows/{importId}/{row}': {
    get: {
      summary: 'The history of a row',
      description:
        'Every import that wrote it, with its values, the file, the row number and when it was published.',
      who: 'datasets:read',
      answer: rowHistoryShape,
    },
  },
  '/datasets/{slug}/export': {
    get: {
      summary: 'All of its current rows, as a file',
      who: 'datasets:read',
      query: exportQuery,
      answer: ['text/csv', 'application/json'],
      answerDescription: 'The file: CSV with a header, or an array of objects.',
    },
  },
  '/datasets/{slug}/template': {
    get: {
      summary: 'A file to fill in: its headers and an example row',
      description:
        'As a workbook also with types and rules as comments, and lists to choose from. Rows that are there are not in it.',
      who: 'datasets:read',
      query: templateQuery,
      answer: ['text/csv', workbookType],
      answerDescription: 'The file.',
    },
  },
  '/datasets/{slug}/match': {
    post: {
      summary: 'Which of its columns a file with these headers would go into',
      who: 'datasets:read',
      body: matchInput,
      answer: matchesShape,
    },
  },
  '/dataset-matches': {
    post: {
      summary: 'Which datasets have the columns of a file with these headers',
      description: 'Of those that one may import into: at most three, with all or nearly all of the columns.',
      who: 'datasets:read',
      body: candidatesInput,
      answer: candidatesShape,
    },
  },
  '/datasets/{slug}/columns/{id}': {
    put: {
      summary: 'Change a column: its name, place, rules, spelling, synonyms and index',
      description:
        'Rows that are there stay as they are, and later imports follow it. What is left out stays as it is.',
      who: 'session',
      body: columnInput,
      answer: datasetShape,
    },
  },
  '/datasets/{slug}/shares': {
    get: { summary: 'Who else may use it', who: 'session', answer: shares },
    post: {
      summary: 'Give somebody a right, or another one',
      who: 'session',
      body: shareInput,
      answer: shares,
      refusals: ['conflict'],
    },
  },
  '/datasets/{slug}/shares/{userId}': {
    delete: { summary: 'Take somebody’s right back', who: 'session', answer: done },
  },
};
