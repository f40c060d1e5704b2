import { expect, it } from 'vitest';
import { newItem, type UploadItem } from './upload-item';
import { uploadTitle } from './upload-title';

const upload = (change: Partial<UploadItem>): UploadItem => ({
  ...newItem('key', new File([], 'orders.csv'), null),
  phase: 'sending',
  fileSize: 1_000,
  ...change,
});

it.each([
  ['nothing without an upload', [], null],
  ['nothing once it is done', [upload({ phase: 'done', bytesSent: 1_000 })], null],
  ['how far one is', [upload({ bytesSent: 625 })], '62 % · orders.csv'],
  [
    'how far several are together',
    [upload({ bytesSent: 1_000 }), upload({ fileSize: 3_000 })],
    '25 % · 2 files',
  ],
  [
    'nothing of what has ended',
    [upload({ bytesSent: 100 }), upload({ phase: 'failed' })],
    '10 % · orders.csv',
  ],
] as const)('says %s', (_, uploads, title) => {
  expect(uploadTitle(uploads)).toBe(title);
});
