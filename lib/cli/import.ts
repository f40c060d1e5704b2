import cliProgress from 'cli-progress';
import type { DateOrder } from '@/lib/shared/schema/dataset/column';
import { dateOrders } from '@/lib/shared/schema/dataset/column-rules';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { type ImportModeName, importModes, type RejectionChoice } from '@/lib/shared/schema/import/start';
import { messageOf } from '../server/platform/errors';
import { connect } from './api/connect';
import { type ImportFileOptions, importFile, Refused } from './import/import-file';
import { layoutChoices, layoutOptions, layoutUsage } from './import/layout-options';
import { FileError } from './import/open-file';
import { isNothingImported, receiptObject, receiptText, sameFileSentence } from './import/receipt';
import { named, readArguments, UsageError } from './read-arguments';

/** What the command line calls the choices of the API. */
const onRejections: ReadonlyMap<string, RejectionChoice> = new Map([
  ['import', 'IMPORT_VALID'],
  ['stop', 'STOP'],
  ['review', 'REVIEW'],
]);

const typeChoices: ReadonlyMap<string, 'infer' | 'text'> = new Map([
  ['infer', 'infer'],
  ['text', 'text'],
]);
const modes: ReadonlyMap<string, ImportModeName> = new Map(
  importModes.map((mode) => [mode.toLowerCase(), mode]),
);
const dateOrderNames: ReadonlyMap<string, DateOrder> = new Map(
  dateOrders.map((order) => [order.toLowerCase(), order]),
);
const decimalSigns: ReadonlyMap<string, '.' | ','> = new Map([
  ['.', '.'],
  ['point', '.'],
  [',', ','],
  ['comma', ','],
]);

const usage = `npm run import -- FILE… [OPTIONS]

  --dataset NAME     the dataset that the rows go to, by its name, the name in its address, or its id; made if there is
                     none (default: a new dataset with the file's name, also where there is one of that name)
  --key COLUMN       a column of the key of a new dataset; several times for a key of several columns
  --mode             append, upsert, insert, update or replace (default: upsert where there is a key, else append)
  --new-only         leave a file out whose content was imported before (without it, that is only said)
  --on-rejection     import (default): the rows that are not rejected go in; stop: if any is rejected, nothing goes in;
                     review: nothing goes in yet. You review it at the address that is printed

How the file is read:
${layoutUsage}  --types            infer (default): the types that Sluice proposes; text: every column text
  --date-order       dmy, mdy or ymd: how the file writes dates (default: columns that leave it open stay text)
  --decimal          comma or point: how the file writes decimals (default: as its values show)
  --accept           take the numbers, dates and times that are suggested for columns that would stay text otherwise,
                     such as amounts with a currency sign; the notes say which
  --empty WORD       a word that stands for an empty cell, such as null or n/a; several times for several words
  --fill-short-rows  fill rows with too few cells up with empty ones (without it, they are rejected)

  --json             one JSON object a file on standard output, nothing else: npm run --silent import -- FILE --json
                     (without --silent, npm writes two lines of its own first)
  --url ADDRESS      a Sluice that runs elsewhere (default: the one here, brought up if need be)
  --help             this text

  Exit: 0 all rows stored (or left out by --new-only), 2 some or all rejected, 3 nothing stored yet: it needs your
  review, 1 failed.
`;

/** A bar on standard error: first the upload, then the import, in percent of bytes. */
function progressBar(quiet: boolean) {
  const bar = new cliProgress.SingleBar(
    {
      format: '  {stage} [{bar}] {percentage}% {note}',
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      noTTYOutput: false,
    },
    cliProgress.Presets.shades_grey,
  );
  if (!quiet) bar.start(100, 0, { stage: 'Uploading', note: '' });
  return {
    upload: (bytes: number, of: number) =>
      quiet || bar.update((100 * bytes) / of, { stage: 'Uploading', note: '' }),
    rows: ({ rows, bytesRead, file, seconds, rowsPerSecond }: ImportView) =>
      quiet ||
      bar.update((100 * bytesRead) / file.bytes, {
        stage: 'Importing',
        note: [
          `${rows.read.toLocaleString('en')} rows`,
          ...((seconds ?? 0) < 1 ? [] : [`${(rowsPerSecond ?? 0).toLocaleString('en')} a second`]),
        ].join(', '),
      }),
    end: () => quiet || bar.stop(),
  };
}

function exitCode(record: ImportDetails): number {
  if (record.status === 'CANCELLED' && record.sameFile) return 0;
  if (isNothingImported(record)) return 2;
  if (record.status === 'REVIEW') return 3;
  if (record.status !== 'COMPLETED') return 1;
  return record.rows.rejected > 0 ? 2 : 0;
}

function readCommandLine() {
  return readArguments({
    allowPositionals: true,
    options: {
      dataset: { type: 'string' },
      types: { type: 'string', default: 'infer' },
      'new-only': { type: 'boolean', default: false },
      'on-rejection': { type: 'string', default: 'import' },
      json: { type: 'boolean', default: false },
      url: { type: 'string' },
      key: { type: 'string', multiple: true, default: [] },
      mode: { type: 'string' },
      'date-order': { type: 'string' },
      decimal: { type: 'string' },
      accept: { type: 'boolean', default: false },
      empty: { type: 'string', multiple: true, default: [] },
      'fill-short-rows': { type: 'boolean', default: false },
      ...layoutOptions,
      help: { type: 'boolean', default: false },
    },
  });
}

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine();
  if (values.help || positionals.length === 0) {
    process.stderr.write(values.help ? usage : `Name the file to import.\n\n${usage}`);
    return values.help ? 0 : 1;
  }
  const wanted = wantedOf(values);
  const { server, leave } = await connect(values.url);
  let worst = 0;
  try {
    for (const path of positionals) {
      const code = await importOne(path, { server, ...wanted }, values.json);
      worst = code === 1 || worst === 1 ? 1 : Math.max(worst, code);
    }
  } finally {
    await leave();
  }
  return worst;
}

/** How all of the files are to be imported. @throws UsageError */
function wantedOf(values: ReturnType<typeof readCommandLine>['values']) {
  if (values.key.some((name) => name.trim() === ''))
    throw new UsageError('--key takes the name of a column; it is empty.');
  const mode = named(modes, '--mode', values.mode);
  const dateOrder = named(dateOrderNames, '--date-order', values['date-order']);
  const decimalSign = named(decimalSigns, '--decimal', values.decimal);
  return {
    types: named(typeChoices, '--types', values.types) ?? 'infer',
    newOnly: values['new-only'],
    onRejection: named(onRejections, '--on-rejection', values['on-rejection']) ?? 'IMPORT_VALID',
    layout: layoutChoices(values),
    key: values.key,
    accept: values.accept,
    empty: values.empty,
    fillShortRows: values['fill-short-rows'],
    ...(mode && { mode }),
    ...(dateOrder && { dateOrder }),
    ...(decimalSign && { decimalSign }),
    ...(values.dataset === undefined ? {} : { dataset: values.dataset }),
  };
}

/** Imports one file and says what became of it. @returns the code to exit with, were it the only one */
async function importOne(
  path: string,
  wanted: Omit<ImportFileOptions, 'onUpload' | 'onProgress'>,
  json: boolean,
): Promise<number> {
  const bar = progressBar(json || !process.stderr.isTTY);
  try {
    const done = await importFile(path, { ...wanted, onUpload: bar.upload, onProgress: bar.rows });
    bar.end();
    const { url } = wanted.server;
    if (done.sameFile && !json) process.stderr.write(`${path}: ${sameFileSentence(done.sameFile, url)}\n`);
    process.stdout.write(json ? `${JSON.stringify(receiptObject(done))}\n` : receiptText(done, url));
    return exitCode(done);
  } catch (error) {
    bar.end();
    if (json) process.stdout.write(`${JSON.stringify(refusalObject(path, error))}\n`);
    else if (error instanceof FileError && error.reason) process.stdout.write(`${error.message}\n`);
    else process.stderr.write(`${error instanceof FileError ? '' : `${path}: `}${messageOf(error)}\n`);
    return 1;
  }
}

/** A file that the server did not even take (empty, too large, not readable): the same keys, so that scripts need no second shape. */
function refusalObject(path: string, error: unknown) {
  const message = messageOf(error);
  return {
    import: error instanceof Refused ? error.importId : null,
    dataset: null,
    datasetId: null,
    status: 'FAILED',
    failureReason: reasonOf(error),
    message,
    file: {
      name: path,
      bytes: 0,
      sha256: null,
      sheet: null,
      encoding: null,
      delimiter: null,
      headerRow: null,
      rowsAbove: 0,
      convertedFrom: null,
    },
    warnings: [],
    columns: [],
    rows: { read: 0, inserted: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 },
    rowsLeftOut: 0,
    rowsRemoved: 0,
    seconds: 0,
    rowsPerSecond: 0,
    peakRssMb: null,
    sameFile: null,
    rejections: [],
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof FileError && error.reason) return error.reason;
  return /is empty/.test(messageOf(error)) ? 'EMPTY_FILE' : 'REFUSED';
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  },
);
