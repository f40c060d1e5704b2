import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { layoutChoices, layoutOptions, layoutUsage } from '@/lib/cli/import/layout-options';
import { readArguments } from '@/lib/cli/read-arguments';
import { messageOf } from '@/lib/server/platform/errors';
import { encodingName } from '@/lib/shared/csv/encoding/names';
import { counted } from '@/lib/shared/csv/left-out-words';
import { type Report, reportFile } from './report-file';

const usage = `npm run read -- FILE… [--out DIR] [--json]

  Shows how files would be read, without a database: rows, those rejected for their width or their bytes, those left
  out, and the types that an import would take. Whether each value is of its type only an import tells. --date-order,
  --decimal, --accept and --empty, which notes may name, are options of npm run import.

  --out DIR          writes DIR/NAME.csv and DIR/NAME.json for each file; every cell is text, and rows that an import
                     leaves out (blank ones, totals, notes, repeated headers) are left out there as well
  --json             the whole report of each file on standard output
${layoutUsage}  --help             this text

  Exit: 0, also where a file cannot be read, which its report says; 2 wrong usage.
`;

/** The reader alone. A bad file is reported, and the next one read. */
const { values, positionals } = parsed();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
if (positionals.length === 0) wrong();
const choices = chosen();
if (values.out !== undefined) await mkdir(values.out, { recursive: true });
for (const file of positionals) {
  const report = await reportFile(file, values.out, choices);
  const json = JSON.stringify(report, null, 2);
  if (values.out !== undefined) await writeFile(join(values.out, `${basename(file)}.json`), `${json}\n`);
  console.log(values.json ? json : summary(report));
}

function parsed() {
  try {
    return readArguments({
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        ...layoutOptions,
      },
    });
  } catch (error) {
    return wrong(messageOf(error));
  }
}

function chosen() {
  try {
    return layoutChoices(values);
  } catch (error) {
    return wrong(messageOf(error));
  }
}

function wrong(message?: string): never {
  console.error(message === undefined ? usage : `${message}`);
  process.exit(2);
}

function summary({
  file,
  failureReason,
  message,
  rowsRead,
  rowsLeftOut,
  rejections,
  encoding,
  delimiter,
  sheet,
  columns,
  types,
  warnings,
}: Report): string {
  if (failureReason === 'NO_FILE') return String(message);
  if (failureReason !== undefined) return `${file}: ${failureReason}: ${message}`;
  const how =
    sheet === undefined
      ? `${encodingName(String(encoding))}, delimiter ${JSON.stringify(delimiter)}`
      : `sheet ${sheet}`;
  const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const rejected = listed(rejections);
  const typed = listed(columns).map((name, i) => `${name} (${listed(types)[i]})`);
  const counts = [
    counted(Number(rowsRead)),
    ...(rejected.length > 0 ? [`${rejected.length} of them rejected`] : []),
    ...(Number(rowsLeftOut) > 0 ? [`${counted(Number(rowsLeftOut))} left out`] : []),
  ];
  return [
    `${file}: ${counts.join(', ')} (${how})`,
    ...(typed.length > 0 ? [`  Columns: ${typed.join(', ')}`] : []),
    ...listed(warnings).map((warning) => `  Note: ${warning}`),
  ].join('\n');
}
