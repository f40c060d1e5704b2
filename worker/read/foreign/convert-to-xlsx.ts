import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { MiB } from '@/lib/shared/bytes';
import { type ForeignFormat, foreignNames } from '@/lib/shared/formats/foreign';
import { ImportFailure, passwordProtected } from '@/lib/shared/schema/import/failure';

/**
 * The library that reads these formats holds the whole file and all of its cells: an .xls of 65,000 rows × 6 takes 250 MB
 * of V8's heap, 550 MB in all, and 8 s.
 */
const usualHeapMegabytes = 320;
const mostMegabytes = 64;
const mostSeconds = 120;

/** The bundle beside the worker's, or the source, which Node runs by leaving its types out. */
const script = ['./convert.mjs', './convert.ts']
  .map((name) => fileURLToPath(new URL(name, import.meta.url)))
  .find((path) => existsSync(path));

/** What Node may read while it runs the script: nothing that holds a secret. */
function readable(path: string): string[] {
  if (path.endsWith('.mjs')) return [path];
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const libraries = ['@e965/xlsx', 'parse5', 'entities'].map((name) => `${root}node_modules/${name}/`);
  return [`${root}worker/read/foreign/`, `${root}package.json`, ...libraries];
}

/**
 * Converts a spreadsheet of another format to .xlsx, values only, in a process of its own: it has no right to files
 * but its own script, no environment, and a limit on its memory. Whatever a file does to the library, it does there.
 *
 * @param bytes of the spreadsheet
 * @param heapMegabytes of memory that JavaScript may take in that process
 * @throws ImportFailure when it cannot be read, or is too large for that; errors of `bytes` pass through
 */
export async function* convertToXlsx(
  bytes: AsyncIterable<Uint8Array>,
  format: ForeignFormat,
  heapMegabytes: number = usualHeapMegabytes,
): AsyncGenerator<Uint8Array> {
  if (!script) throw new Error('convert.mjs is missing beside the worker: build it again.');
  const child = spawn(
    process.execPath,
    [
      '--permission',
      ...readable(script).map((path) => `--allow-fs-read=${path}`),
      `--max-old-space-size=${heapMegabytes}`,
      script,
      format,
    ],
    { env: { NODE_ENV: 'production' }, cwd: '/', stdio: 'pipe' },
  );
  const ended = once(child, 'close');
  // A process that could not even start is told of here too, before anybody waits for its end.
  ended.catch(() => undefined);
  const timer = setTimeout(() => child.kill('SIGKILL'), mostSeconds * 1000);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(0, 2_000)));
  // A child that gave up closes its input: what became of it, its exit tells.
  const fed = pipeline(Readable.from(limited(bytes, format)), child.stdin).catch((error: unknown) => error);
  try {
    yield* child.stdout;
    const error = await fed;
    if (error instanceof Error && !isPipeClosed(error)) throw error;
    const [code, signal] = await ended;
    if (code !== 0) throw failureOf(format, code, signal, said);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await ended;
    await fed;
  }
}

async function* limited(bytes: AsyncIterable<Uint8Array>, format: ForeignFormat): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > mostMegabytes * MiB) throw tooLarge(format);
    yield chunk;
  }
}

const isPipeClosed = (error: Error) =>
  'code' in error && ['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code));

function tooLarge(format: ForeignFormat): ImportFailure {
  return new ImportFailure(
    'UNSUPPORTED_FORMAT',
    `The file is ${foreignNames[format]} and too large to be converted here. Open it in Excel or LibreOffice, and save it as .xlsx.`,
  );
}

function failureOf(format: ForeignFormat, code: unknown, signal: unknown, said: string): Error {
  if (/password/i.test(said)) {
    return passwordProtected('workbook');
  }
  if (/no table in it/.test(said)) {
    return new ImportFailure('UNSUPPORTED_FORMAT', 'The file is a web page (HTML) without a table in it.');
  }
  // Killed after its time, or ended by V8 for want of memory (SIGABRT, or exit 133 and 134).
  if (signal !== null || code === 133 || code === 134) return tooLarge(format);
  if (code !== 3) return new Error(`The conversion ended with exit code ${String(code)}: ${said}`);
  return new ImportFailure(
    format === 'xls' ? 'LEGACY_XLS' : 'MALFORMED_FILE',
    `The file is ${foreignNames[format]} and cannot be read: it may be damaged.`,
  );
}
