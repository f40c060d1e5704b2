import type { CsvLayout } from '../source/types';

/** Comma, double quotes, UTF-8, a header on row 1: what tests vary. */
export const usualLayout: CsvLayout = {
  format: 'csv',
  compression: null,
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  escape: '"',
  comment: null,
  newline: '\n',
  collapse: false,
  headerRow: 1,
  firstRow: 2,
};

/** The same without a header, and with whatever line ends there are. */
export const headlessLayout: CsvLayout = { ...usualLayout, newline: 'mixed', headerRow: null, firstRow: 1 };
