import { languages } from '../../languages';
import { z } from '../../zod';

/**
 * What a column asks of its values, and how a file spells them. Safe in a browser.
 */

/** How dates may be written, beside ISO 8601. */
export const dateOrders = ['YMD', 'DMY', 'MDY'] as const;

const most = { listed: 1_000, word: 200, bound: 400, pattern: 500, characters: 1_048_576 };

const characters = z.number().int().min(0).max(most.characters);

/** Belongs to a dataset's column. Each import keeps the rules that were in force. Values are in canonical text. */
export const columnRules = z.object({
  /** An empty cell is rejected, unless there is a default. */
  required: z.boolean().optional(),
  /** Of the rows of a file with the same value only the first is stored. */
  unique: z.boolean().optional(),
  /** Least and greatest value of numbers, days and times, both included. */
  min: z.string().min(1).max(most.bound).optional(),
  max: z.string().min(1).max(most.bound).optional(),
  /** Least and greatest number of characters of everything else. */
  minLength: characters.optional(),
  maxLength: characters.optional(),
  /** A regular expression in RE2's syntax that the whole value has to match. */
  pattern: z.string().min(1).max(most.pattern).optional(),
  /** The only values there may be. */
  allowed: z.array(z.string().min(1).max(most.word)).min(1).max(most.listed).optional(),
  /** What is stored for an empty cell. */
  default: z.string().min(1).max(most.bound).optional(),
});
export type ColumnRules = z.infer<typeof columnRules>;

/** How one file spells a column's values, beside the order of dates and the decimal separator. */
export const columnFormat = z.object({
  /** Spaces around a value are left out. Types other than text do not mind them anyway. */
  trim: z.boolean().optional(),
  /** Words that stand for an empty cell, whatever their case. */
  empty: z.array(z.string().trim().min(1).max(50)).max(50).optional(),
  /** Thousands separators: 1,234.56, or 1.234,56 where the decimal separator is a comma. */
  grouping: z.boolean().optional(),
  /** A currency sign or code beside a number is left out. */
  currency: z.boolean().optional(),
  /** Spellings of this file and what is to be read instead: “ja” as true. */
  values: z
    .array(z.object({ from: z.string().min(1).max(most.word), to: z.string().max(most.word) }))
    .max(200)
    .optional(),
  /** 5% is the number 5, or the fraction 0.05. */
  percent: z.enum(['number', 'fraction']).optional(),
  /** Thousands separators as in India: 12,34,567. */
  indianGrouping: z.boolean().optional(),
  /** (5), 5- and −5 are -5. */
  negativeSigns: z.boolean().optional(),
  /** 5 DR is -5, and 5 CR is 5. */
  debitCredit: z.boolean().optional(),
  /** Digits of other scripts, full-width and Arabic ones for example. */
  otherDigits: z.boolean().optional(),
  /** Two-digit years are in the hundred years from this one on: from 1950 on, 49 is 2049 and 50 is 1950. */
  firstYear: z.number().int().min(1800).max(2100).optional(),
  /** Months may be names: 5. Januar 2024, Jan 5, 2024. */
  monthNames: z.boolean().optional(),
  /** 24:00 is the start of the next day; UTC, +01 and “Uhr” may stand behind a time. */
  looseTimes: z.boolean().optional(),
  /** The language whose words for yes and no are taken. */
  yesNo: z.enum(languages).optional(),
});
export type ColumnFormat = z.infer<typeof columnFormat>;

/** How files spell the values of a dataset's column: what an import into it begins with. */
export const columnSpelling = columnFormat.extend({
  dateOrder: z.enum(dateOrders).optional(),
  decimalSign: z.enum(['.', ',']).optional(),
});
export type ColumnSpelling = z.infer<typeof columnSpelling>;

/** True when nothing in it says anything. */
export function saysNothing(said: ColumnRules | ColumnFormat | null | undefined): boolean {
  return Object.values(said ?? {}).every(
    (value) => value === undefined || value === false || (Array.isArray(value) && value.length === 0),
  );
}
