import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Report, reportFile } from './report-file';

/**
 * The reader alone: `npm run read -- FILE… [--out DIR] [--json]`. Everything is detected and every cell is
 * text. Writes DIR/NAME.csv and DIR/NAME.json for each file; a bad file is reported and the next one read.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, json: { type: 'boolean', default: false } },
});
if (positionals.length === 0) {
  console.error('Usage: npm run read -- FILE… [--out DIR] [--json]');
  process.exit(2);
}
if (values.out !== undefined) await mkdir(values.out, { recursive: true });
for (const file of positionals) {
  const report = await reportFile(file, values.out);
  const json = JSON.stringify(report, null, 2);
  if (values.out !== undefined) await writeFile(join(values.out, `${basename(file)}.json`), `${json}\n`);
  console.log(values.json ? json : summary(report));
}

function summary({ file, failureReason, message, rows, encoding, delimiter, sheet }: Report): string {
  if (failureReason !== undefined) return `${file}: ${failureReason}: ${message}`;
  const how = sheet === undefined ? `${encoding}, delimiter ${JSON.stringify(delimiter)}` : `sheet ${sheet}`;
  return `${file}: ${rows} rows (${how})`;
}
