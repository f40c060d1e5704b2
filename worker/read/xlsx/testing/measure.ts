import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ByteSource } from '@/worker/read/source/types';
import { inspectXlsx } from '../inspect';
import { readXlsx } from '../read';
import { writeGeneratedWorkbook } from './generated-workbook';

// Usage: node --max-old-space-size=64 --import tsx worker/read/xlsx/testing/measure.ts <file.xlsx> [rows]
const [, , path = '', rows = '500000'] = process.argv;
if (!existsSync(path)) await writeGeneratedWorkbook(path, Number(rows));

const handle = await open(path);
const { size } = await handle.stat();
const source: ByteSource = {
  name: path,
  size,
  stream: (start = 0, end = size) => createReadStream(path, { start, end: end - 1 }),
  async read(start, end) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
    return buffer.subarray(0, bytesRead);
  },
};
const begin = performance.now();
const { layout } = await inspectXlsx(source);
const inspected = performance.now();
if (layout.format !== 'xlsx') throw new Error('not a workbook');
let count = 0;
let cells = 0;
let peak = 0;
for await (const batch of readXlsx(source, layout)) {
  count += batch.rows.length;
  for (const row of batch.rows) cells += row.length;
  peak = Math.max(peak, process.memoryUsage.rss());
}
const end = performance.now();
console.log(
  `${count} rows, ${cells} cells; inspect ${((inspected - begin) / 1000).toFixed(2)} s, read ${((end - inspected) / 1000).toFixed(2)} s, peak RSS ${(Math.max(peak, process.resourceUsage().maxRSS * 1024) / 1e6).toFixed(0)} MB`,
);
await handle.close();
