import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const sources = ['app', 'components', 'lib', 'worker', 'prisma'];
const files = [
  'package-lock.json',
  'next.config.ts',
  'proxy.ts',
  'instrumentation.ts',
  'tsconfig.json',
  'postcss.config.mjs',
];
const stamp = '.next/sluice-sources';

/** A digest of everything that the build is made from. */
async function digestSources(): Promise<string> {
  const hash = createHash('sha256');
  const add = async (path: string) => hash.update(path).update(await readFile(path));
  for (const folder of sources) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter(
        (entry) =>
          entry.isFile() && !entry.parentPath.includes('generated') && !entry.name.includes('.test.'),
      )
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) await add(path);
  }
  for (const path of files) if (existsSync(path)) await add(path);
  return hash.digest('hex');
}

/** Builds web and worker for production, unless the build that is there was made from the sources as they are. */
export async function buildIfStale(): Promise<void> {
  const digest = await digestSources();
  const built = existsSync(stamp) && existsSync('dist/worker.mjs') ? await readFile(stamp, 'utf8') : '';
  if (built === digest) return;
  process.stderr.write('Building (only when the sources have changed) …\n');
  const child = spawn('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The build failed:\n${output}`);
  await writeFile(stamp, digest);
}
