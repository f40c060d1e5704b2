import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { inspect } from './inspect';
import { readRows } from './read';
import { localSource } from './source/local-source';

/**
 * Files of other people's test suites and of open data. The whole collection lies beside the repository where
 * it is present; a part of it, with its licences, in e2e/files/csv.
 */
const root = resolve(import.meta.dirname, '../..');
const places = [resolve(root, '../shared/corpus'), join(root, 'e2e/files')];

interface Details {
  /** utf-8 unless told. */
  encoding?: string;
  /** A comma, or none in a file of one column, unless told. */
  delimiter?: string;
  /** 1 unless told. */
  headerRow?: number | null;
  /** Row numbers of rows with problems; none unless told. */
  rejected?: number[];
}
type Expectation = [file: string, rows: number | string, columns?: number, details?: Details];

/** Rows (those with problems among them) and columns, or the reason why the file is refused. */
const expectations: Expectation[] = [
  // csv
  ['csv/csv-spectrum__comma_in_quotes.csv', 1, 5],
  ['csv/csv-spectrum__empty.csv', 2, 3],
  ['csv/csv-spectrum__empty_crlf.csv', 2, 3],
  ['csv/csv-spectrum__escaped_quotes.csv', 2, 2],
  ['csv/csv-spectrum__json.csv', 1, 2],
  ['csv/csv-spectrum__location_coordinates.csv', 1, 4], // the index counts the four keys of the one row
  ['csv/csv-spectrum__newlines.csv', 3, 3],
  ['csv/csv-spectrum__newlines_crlf.csv', 3, 3],
  ['csv/csv-spectrum__quotes_and_newlines.csv', 2, 2],
  ['csv/csv-spectrum__simple.csv', 1, 3],
  ['csv/csv-spectrum__simple_crlf.csv', 1, 3],
  ['csv/csv-spectrum__utf8.csv', 2, 3],
  ['csv/csvjl__ampm.csv', 2, 16],
  ['csv/csvjl__census.txt', 3, 9, { delimiter: '\t' }],
  ['csv/csvjl__comma_decimal.csv', 2, 2, { delimiter: ';' }],
  ['csv/csvjl__csv_segfault.txt', 467, 9, { delimiter: '\t', headerRow: 2 }], // the header stands there twice; the second is none of the 468 rows
  ['csv/csvjl__double_quote_quotechar_and_escapechar.csv', 24, 5],
  ['csv/csvjl__error_comment.txt', 8, 4],
  ['csv/csvjl__groupmark_quote.csv', 2, 2],
  ['csv/csvjl__issue_207.csv', 2, 6],
  ['csv/csvjl__log001_vehicle_status_flags_0.txt', 281, 31],
  ['csv/csvjl__multithreadedpromote.csv', 5001, 1],
  ['csv/csvjl__plus_as_null.csv', 2, 2],
  ['csv/csvjl__precompile.csv', 5001, 8],
  ['csv/csvjl__precompile_small.csv', 10, 8],
  ['csv/csvjl__stocks.csv', 30, 2],
  ['csv/csvjl__table_test.txt', 49, 770],
  ['csv/csvjl__test_2_footer_rows.csv', 5, 3, { headerRow: 4 }], // the last two rows are called a footer by a parameter only
  ['csv/csvjl__test_508.csv', 6, 2, { headerRow: null }],
  ['csv/csvjl__test_bad_datetime.csv', 2, 3],
  ['csv/csvjl__test_basic.csv.gz', 3, 3],
  ['csv/csvjl__test_comment_first_row.csv', 2, 3, { headerRow: 2 }],
  ['csv/csvjl__test_comments_multiple.csv', 4, 3],
  ['csv/csvjl__test_datetimes.csv', 3, 1],
  ['csv/csvjl__test_delim.tsv', 3, 3, { delimiter: '\t' }],
  ['csv/csvjl__test_duplicate_columnnames.csv', 2, 8],
  ['csv/csvjl__test_excel_date_formats.csv', 3, 1],
  ['csv/csvjl__test_file_issue_154.csv', 2, 4],
  ['csv/csvjl__test_float_in_int_column.csv', 3, 3],
  ['csv/csvjl__test_floats.csv', 3, 3],
  ['csv/csvjl__test_header_int_list.csv', 3, 3], // three header rows with blank lines between
  ['csv/csvjl__test_int_sentinel.csv', 99, 7],
  ['csv/csvjl__test_missing_last_column.csv', 2, 4],
  ['csv/csvjl__test_multithreaded_row_start_detection_float.csv', 81, 55],
  ['csv/csvjl__test_multithreaded_row_start_detection_int.csv', 151, 30],
  ['csv/csvjl__test_multithreaded_row_start_detection_singlecol.csv', 3210, 1],
  ['csv/csvjl__test_no_header.csv', 3, 3, { headerRow: null }],
  ['csv/csvjl__test_openclosequotes.csv', 3, 3],
  ['csv/csvjl__test_quoted_delim_and_newline.csv', 1, 2],
  ['csv/csvjl__test_quoted_numbers.csv', 3, 3],
  ['csv/csvjl__test_repeated_delimiters.csv', 3, 5, { delimiter: ' ' }],
  ['csv/csvjl__test_single_column.csv', 3, 1],
  ['csv/csvjl__test_tab_null_empty.txt', 2, 4, { delimiter: '\t' }],
  ['csv/csvjl__test_types.csv', 1, 8],
  ['csv/csvjl__test_utf16_le.csv', 3, 3, { encoding: 'utf-16le' }],
  ['csv/csvjl__test_utf8.csv', 3, 3],
  ['csv/csvjl__test_utf8_with_BOM.csv', 3, 3],
  ['csv/csvjl__time.csv', 2, 2],
  ['csv/csvjl__transposed.csv', 3, 4, { headerRow: null }], // read as it lies; transposing is a parameter
  ['csv/csvjl__transposed_empty.csv', 0, 1],
  ['csv/csvjl__transposed_extra_newline.csv', 2, 3, { headerRow: null }], // read as it lies
  ['csv/csvjl__transposed_noheader.csv', 3, 2, { headerRow: null }], // read as it lies
  ['csv/csvjl__types_override.csv', 3, 5],
  ['csv/duckdb__add_escaped_rfc.csv', 'EMPTY_FILE'],
  ['csv/duckdb__auto-duplicate_header_columns.csv', 2, 13],
  ['csv/duckdb__auto-early_out_error.csv', 22, 3],
  ['csv/duckdb__auto-empty_header.csv', 2, 3],
  ['csv/duckdb__auto-issue_811.csv', 4494, 4],
  ['csv/duckdb__auto-large_mixed_data.csv', 27003, 3, { delimiter: '|' }],
  ['csv/duckdb__auto-semicolon_escape.csv', 3, 3, { delimiter: ';', headerRow: null }],
  ['csv/duckdb__auto-semicolon_quote.csv', 3, 3, { delimiter: ';', headerRow: null }],
  ['csv/duckdb__auto-skip_row.csv', 1, 3, { headerRow: 2 }],
  ['csv/duckdb__auto-unnamed_columns.csv', 2, 13, { headerRow: null }],
  ['csv/duckdb__auto-utf8bom.csv', 2, 2],
  ['csv/duckdb__auto-varchar_multi_line.csv', 2, 3, { headerRow: null }],
  ['csv/duckdb__auto-various_time_formats.csv', 1, 5, { headerRow: null }],
  ['csv/duckdb__bad_csv_file_2047.csv', 2053, 15, { rejected: [2049] }], // one row has quotes in quotes: reported
  ['csv/duckdb__big_number.csv', 1, 1],
  ['csv/duckdb__blank_line.csv', 10, 1], // a blank line in a one-column file is skipped, not a NULL
  ['csv/duckdb__bug_10283.csv', 291, 25, { headerRow: 2 }], // upstream reads none, by parameters; several record types in one file
  ['csv/duckdb__bug_9005-teste1.csv', 2, 3],
  ['csv/duckdb__comments-mid_line.csv', 2, 3, { delimiter: ';', headerRow: null }], // a # within a line begins no comment here
  ['csv/duckdb__conflict_timestamp.csv', 1, 2, { delimiter: ';' }],
  ['csv/duckdb__custom_date.csv', 2, 2],
  ['csv/duckdb__date_format_percentage.csv', 1, 1],
  ['csv/duckdb__decimal_separators-decimal_separators.csv', 5, 2, { delimiter: ';' }],
  ['csv/duckdb__double_quoted_header.csv', 2, 2],
  ['csv/duckdb__empty.csv', 'EMPTY_FILE'],
  ['csv/duckdb__empty_first_line.csv', 3, 2, { delimiter: ' ', headerRow: null }],
  ['csv/duckdb__encodings-all_latin1.csv', 189, 1, { encoding: 'windows-1252' }], // nothing tells that the first of 190 is no header
  ['csv/duckdb__encodings-latin1.csv', 12, 2, { encoding: 'windows-1252' }],
  ['csv/duckdb__error-mixedtypes.csv', 13400, 2],
  ['csv/duckdb__error-quotednewlines.csv', 10100, 2],
  ['csv/duckdb__evil_nullpadding.csv', 3, 2, { delimiter: ';', headerRow: null }], // the usual width; padding to four is for a later stage
  ['csv/duckdb__extra_delimiters.csv', 4, 3],
  ['csv/duckdb__header_bug.csv', 3, 2],
  ['csv/duckdb__header_left_space.csv', 3, 1],
  ['csv/duckdb__inconsistencies-line_with_spaces.csv', 4, 4, { headerRow: 2 }],
  ['csv/duckdb__integer_exponent.csv', 3, 3],
  ['csv/duckdb__invalid_utf8.csv', 3, 1, { encoding: 'utf-16le', headerRow: null }], // valid UTF-16; its last character is a real U+FFFD
  ['csv/duckdb__leading_zeros.csv', 6, 8],
  ['csv/duckdb__leading_zeros2.csv', 5, 7],
  ['csv/duckdb__line_too_long.csv.gz', 'RECORD_TOO_LARGE'],
  ['csv/duckdb__locations_row_trailing_comma.csv', 1, 4],
  ['csv/duckdb__manycolumns.csv', 1, 101, { headerRow: null }],
  ['csv/duckdb__multidelimiter-file_ends_in_quoted_value.csv', 0, 1],
  ['csv/duckdb__nullbyte.csv', 1, 3, { delimiter: '|', rejected: [2] }], // a NUL is reported, not kept
  ['csv/duckdb__nullbyte_header.csv', 1, 2, { delimiter: '|' }],
  ['csv/duckdb__nullpadding.csv', 5, 5, { headerRow: null }], // the upstream count leaves a row out by a parameter
  ['csv/duckdb__nullterm.csv', 1, 1, { rejected: [2] }], // a NUL is reported, not kept
  ['csv/duckdb__one_r_n_two.csv', 2, 1], // CR CR LF is one line end
  ['csv/duckdb__one_r_two.csv', 1, 1],
  ['csv/duckdb__quoted_newline.csv', 1, 1],
  ['csv/duckdb__rejects-dr_who.csv', 1, 5], // upstream counts what fits given types
  ['csv/duckdb__rejects-frankstein-nightmare.csv', 47, 3, { rejected: [22, 38] }], // one row holds bytes that are no UTF-8, one has text after a quote
  ['csv/duckdb__rejects-multiple_errors-multiple_errors.csv', 7, 4], // upstream counts what fits given types
  ['csv/duckdb__repromarket.csv', 4, 1, { headerRow: null }], // a colon is too rare a delimiter for four lines of two, one and three cells
  ['csv/duckdb__sample-0.csv', 3, 17],
  ['csv/duckdb__segfault.csv', 'UNCLOSED_QUOTE'], // an unclosed quote is reported, on whichever line
  ['csv/duckdb__struct.csv', 1, 1],
  ['csv/duckdb__test-windows_newline.csv', 20000, 3, { headerRow: null }],
  ['csv/duckdb__test_ignore_errors.csv', 1, 45],
  ['csv/duckdb__thijs_unquoted.csv', 4, 3, { delimiter: '|', headerRow: null }], // quotes are kept, where upstream drops them
  ['csv/duckdb__unescaped_quotes-unescaped_quote.csv', 6, 2, { delimiter: ';', headerRow: null }], // inner quotes are kept, where upstream drops them
  ['csv/frictionless__ascii-notvalid.csv', 1, 3],
  ['csv/frictionless__defective-rows.csv', 2, 3],
  ['csv/frictionless__duplicate-headers.csv', 2, 5],
  ['csv/frictionless__duplicate-rows.csv', 3, 3],
  ['csv/frictionless__encoding-issue-274.csv', 507, 17],
  ['csv/frictionless__escaping.csv', 3, 2, { delimiter: ', ' }],
  ['csv/frictionless__issue-1066-largecellsizewithdeviation.csv', 19, 2],
  ['csv/frictionless__issue-305.csv', 338, 31],
  ['csv/frictionless__issue-811.csv', 7904, 26, { encoding: 'windows-1252', delimiter: ';' }],
  ['csv/frictionless__latin1.csv', 2, 2, { encoding: 'windows-1252' }],
  ['csv/frictionless__leading-zeros.csv', 3, 1],
  ['csv/frictionless__matrix-with-comment.csv', 4, 4, { headerRow: 2 }], // the index counts the comment
  ['csv/frictionless__number-number-test.csv', 13, 6],
  ['csv/frictionless__schema-errors.csv', 4, 3],
  ['csv/frictionless__skip-rows-before-headers.csv', 2, 2, { headerRow: 2 }], // the index counts the comment
  ['csv/frictionless__structure-errors.csv', 4, 3],
  ['csv/frictionless__table-infer-iso-8859-7.csv', 4, 3, { encoding: 'iso-8859-7' }],
  ['csv/frictionless__table-unicode-headers.csv', 2, 2],
  ['csv/frictionless__table.tsv', 3, 2, { delimiter: '\t' }],
  ['csv/frictionless__wide.csv', 'TOO_MANY_COLUMNS'], // 9,074 columns are more than a table of PostgreSQL can have
  ['csv/frictionless__without-headers.csv', 3, 2, { headerRow: null }], // the index takes the first row for a header
  ['csv/papaparse__sample.csv', 1, 3],
  ['csv/papaparse__verylong-sample.csv', 2000, 3],
  // real
  ['real/538__bechdel-movies.csv', 1794, 15],
  ['real/538__congress-demographics-data_aging_congress.csv', 29120, 13],
  ['real/538__obama-commutations-obama_commutations.csv', 7077, 2],
  ['real/538__twitter-ratio-realDonaldTrump.csv', 3232, 7, { encoding: 'windows-1252' }],
  ['real/csvjl__GSM2230757_human1_umifm_counts.csv', 'TOO_MANY_COLUMNS'], // 20,128 columns
  ['real/csvjl__SacramentocrimeJanuary2006.csv', 7584, 9],
  ['real/csvjl__Sacramentorealestatetransactions.csv', 985, 12],
  ['real/csvjl__heat_flux.dat', 16001, 2, { delimiter: ' ' }],
  ['real/csvjl__latest_(1).csv', 1000, 25, { headerRow: null }],
  ['real/csvjl__promotions.csv', 10000, 8],
  ['real/duckdb__16857.csv', 210, 26],
  ['real/duckdb__17738.csv', 6, 6, { headerRow: null }], // the text above is a preamble here; upstream reads it as four rows, by a parameter
  ['real/duckdb__auto-titlebasicsdebug.tsv', 3002, 9, { delimiter: '\t' }],
  ['real/duckdb__drug_exposure.csv', 4113, 23],
  ['real/duckdb__issue_16098.csv', 3000, 5],
  ['real/duckdb__public_daily_sample.csv', 5956, 120, { headerRow: null }], // several record types in one file: all rows, no header
  ['real/duckdb__real-imdb_movie_info_escaped.csv', 201, 5, { headerRow: null }],
  ['real/duckdb__real-nfc_normalization.csv', 18818, 3, { delimiter: '|' }],
  ['real/duckdb__real-web_page.csv', 60, 14, { delimiter: '|', headerRow: null }],
  ['real/duckdb__soccer_kaggle.csv', 14, 110],
  ['real/duckdb__test_apple_financial.csv.gz', 2, 18, { delimiter: '\t', headerRow: 4 }],
  ['real/duckdb__titanic.csv', 891, 12], // upstream shows the first ten
  ['real/duckdb__who.csv.gz', 7240, 60],
];

function find(file: string): string | undefined {
  return places.map((place) => join(place, file)).find((path) => existsSync(path));
}

async function read(path: string) {
  const source = await localSource(path);
  const { layout, columns } = await inspect(source);
  if (layout.format !== 'csv') throw new Error('Not read as text');
  const rows: string[][] = [];
  const rejected = new Set<number>();
  for await (const batch of readRows(source, layout)) {
    rows.push(...batch.rows);
    for (const { row } of batch.problems) rejected.add(row);
  }
  return { layout, columns, rows, rejected: [...rejected] };
}

const present = expectations.filter(([file]) => find(file) !== undefined);

it('finds the files', () => {
  expect(present.length).toBeGreaterThan(20);
});

describe('rows, columns and layout', () => {
  it.each(present)('%s: %s × %s', async (file, rows, columns, details = {}) => {
    const path = find(file) ?? file;
    if (typeof rows === 'string') {
      const error = await read(path).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ImportFailure);
      expect(error).toMatchObject({ reason: rows });
      return;
    }
    const table = await read(path);
    const { encoding = 'utf-8', headerRow = 1, rejected = [], delimiter = ',' } = details;
    expect([table.rows.length, table.columns.length]).toEqual([rows, columns]);
    expect(table.layout).toMatchObject({ encoding, headerRow, ...(columns === 1 ? {} : { delimiter }) });
    expect(table.rejected).toEqual(rejected);
    expect(new Set(table.columns).size).toBe(columns);
  });
});

describe('every cell is what csv-parse reads, whole file at once', () => {
  const tables = present.filter(([, rows]) => typeof rows === 'number');
  let compared = 0;
  it.each(tables)('%s', async (file) => {
    const path = find(file) ?? file;
    const { layout, rows, rejected } = await read(path);
    const plain = layout.comment === null && !layout.collapse && layout.escape === layout.quote;
    if (!plain || rejected.length > 0 || layout.compression !== null || layout.encoding.startsWith('utf-16'))
      return;
    const all: string[][] = parse(new TextDecoder(layout.encoding).decode(readFileSync(path)), {
      delimiter: layout.delimiter,
      quote: layout.quote ?? false,
      escape: layout.quote ?? '"',
      record_delimiter: ['\r\r\n', '\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
    expect(rows).toEqual(all.slice(all.length - rows.length));
    compared += 1;
  });

  it('of most files: csv-parse knows no comments, and stops where a row is rejected here', () => {
    expect(compared).toBeGreaterThan(tables.length / 2);
  });
});

/** Where the expected values are not those of the file: another telephone number; CRLF for the file's LF. */
const wrongUpstream = ['csv/csv-spectrum__location_coordinates.csv', 'csv/csv-spectrum__newlines_crlf.csv'];

describe('csv-spectrum: every value', () => {
  const spectrum = present.filter(([file]) => file.includes('csv-spectrum') && !wrongUpstream.includes(file));
  it.each(spectrum)('%s', async (file) => {
    const path = find(file) ?? file;
    const { columns, rows } = await read(path);
    const objects = rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i]])));
    const expected: unknown = JSON.parse(readFileSync(path.replace(/csv$/, 'json'), 'utf8'));
    expect(objects).toEqual(Array.isArray(expected) ? expected : [expected]);
  });
});
