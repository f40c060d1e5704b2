import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ImportFailure } from '@/lib/imports/failure';
import { inspect } from './inspect';
import { localSource } from './local-source';
import { readRows } from './read';
import type { Inspection, Problem } from './types';
import { csvLine } from './write-csv';

const usage = 'Usage: npm run read -- FILE… [--out DIR] [--json]';

/** What the reader made of one file. */
type Report = Record<string, unknown> & { file: string };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, json: { type: 'boolean', default: false } },
});
if (positionals.length === 0) {
  console.error(usage);
  process.exit(2);
}
if (values.out !== undefined) await mkdir(values.out, { recursive: true });
for (const file of positionals) {
  const report = await readFile(file, values.out);
  const json = JSON.stringify(report, null, 2);
  if (values.out !== undefined) await writeFile(join(values.out, `${basename(file)}.json`), `${json}\n`);
  if (values.json) console.log(json);
  else console.log(summary(report));
}

/** Reads one file, everything detected; a failure of any kind becomes part of its report. */
async function readFile(file: string, out: string | undefined): Promise<Report> {
  let inspection: Inspection | null = null;
  try {
    const source = await localSource(file);
    inspection = await inspect(source);
    const target = out === undefined ? null : join(out, `${basename(file)}.csv`);
    const { rows, problems } = await copyRows(source, inspection, target);
    return {
      file,
      ...described(inspection),
      rows,
      rejections: problems.map(({ row, reason }) => ({ row, reason })),
    };
  } catch (error) {
    const failureReason = error instanceof ImportFailure ? error.reason : 'INTERNAL';
    const message = error instanceof Error ? error.message : String(error);
    return { file, ...(inspection === null ? {} : described(inspection)), failureReason, message };
  }
}

/**
 * Writes the header and every row that text can hold. A row with doubtful quotes is written as it was read and
 * reported as well; one with a NUL or undecodable bytes is only reported.
 */
async function copyRows(
  source: Awaited<ReturnType<typeof localSource>>,
  inspection: Inspection,
  target: string | null,
) {
  const { columns, layout } = inspection;
  const output = target === null ? null : createWriteStream(target);
  const problems: Problem[] = [];
  let rows = 0;
  output?.write(csvLine(columns, columns.length));
  try {
    for await (const batch of readRows(source, layout)) {
      const lost = new Set(batch.problems.filter(({ code }) => code !== 'bad-quotes').map(({ row }) => row));
      problems.push(...batch.problems);
      const kept = batch.rows.filter((_, i) => !lost.has(batch.numbers[i] ?? 0));
      rows += kept.length;
      const text = kept.map((cells) => csvLine(cells, columns.length)).join('');
      if (output !== null && !output.write(text)) await once(output, 'drain');
    }
  } finally {
    output?.end();
    if (output !== null) await finished(output);
  }
  return { rows, problems };
}

function described({ layout, columns, warnings }: Inspection): Record<string, unknown> {
  return { ...layout, columns, warnings };
}

function summary({ file, failureReason, message, rows, encoding, delimiter, sheet }: Report): string {
  if (failureReason !== undefined) return `${file}: ${failureReason}: ${message}`;
  const how = sheet === undefined ? `${encoding}, delimiter ${JSON.stringify(delimiter)}` : `sheet ${sheet}`;
  return `${file}: ${rows} rows (${how})`;
}
