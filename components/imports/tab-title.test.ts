import { expect, it } from 'vitest';
import { tabTitle } from './tab-title';

const file = { name: 'orders.csv', bytes: 1_000 };

it.each([
  [
    'how far the upload of this tab is',
    'UPLOADING',
    { bytesSent: 625, fileSize: 1_000 },
    '62 % · orders.csv',
  ],
  ['that a file is being uploaded elsewhere', 'UPLOADING', undefined, 'Uploading · orders.csv'],
  ['how far an import is', 'STAGING', undefined, '99 % · orders.csv'],
  ['that somebody is waited for', 'MAPPING', undefined, 'Needs your input · orders.csv'],
  ['that it is done', 'COMPLETED', undefined, 'Completed · orders.csv'],
] as const)('says %s', (_, status, upload, title) => {
  expect(tabTitle({ status, file, bytesRead: 999 }, upload)).toBe(title);
});

it('says nothing of a part of an empty file', () => {
  expect(tabTitle({ status: 'STAGING', file: { name: 'a.csv', bytes: 0 }, bytesRead: 0 })).toBe(
    '0 % · a.csv',
  );
});
