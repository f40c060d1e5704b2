import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nodeFileTrace } from '@vercel/nft';

/** Release, web server, worker, its converter and doctor, as `npm run build` made them. */
const programs = [
  'dist/migrate.mjs',
  'dist/web.mjs',
  'dist/worker.mjs',
  'dist/convert.mjs',
  'dist/doctor.mjs',
];
const standalone = '.next/standalone';
/** Read by name when it is needed, so that no trace of imports leads to it. */
const wasm = 'node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm';

/**
 * `npm run package [-- FOLDER]`: everything that release, web, worker and doctor need in production, and nothing else,
 * in a folder that can be copied to another machine. Built from `npm run build`: what `next build` traced for pages
 * and handlers, and what the same tracer finds for the programs beside Next.
 */
async function packageTree(folder: string): Promise<void> {
  for (const path of [...programs, standalone]) {
    if (!existsSync(path)) throw new Error(`${path} is missing: run “npm run build” first.`);
  }
  if (existsSync(folder) && !existsSync(join(folder, 'dist/web.mjs')) && (await readdir(folder)).length > 0) {
    throw new Error(`${folder} holds something else than an earlier package. Name an empty folder.`);
  }
  await rm(folder, { recursive: true, force: true });
  // server.js is Next's own server, and .env files are for each machine.
  const isWanted = (from: string) => !/^\.next\/standalone\/(server\.js|\.env[^/]*)$/.test(from);
  await cp(standalone, folder, { recursive: true, verbatimSymlinks: true, filter: isWanted });
  await cp('.next/static', join(folder, '.next/static'), { recursive: true });
  await cp('prisma/migrations', join(folder, 'prisma/migrations'), { recursive: true });
  const { fileList } = await nodeFileTrace(programs, {
    base: resolve('.'),
    // Next's own part was traced by Next, which knows what only development needs.
    ignore: (path) => path.startsWith('node_modules/next/') || path.includes('/.env'),
  });
  const maps = programs.map((path) => `${path}.map`).filter((path) => existsSync(path));
  const more = [...programs, ...maps, 'prisma/schema.prisma', wasm];
  for (const path of new Set([...more, ...fileList])) {
    const target = join(folder, path);
    if (existsSync(target) && !more.includes(path)) continue;
    await mkdir(dirname(target), { recursive: true });
    await cp(path, target, { verbatimSymlinks: true });
  }
}

const [folder = 'production'] = process.argv.slice(2);
await packageTree(folder);
process.stdout.write(`Wrote ${folder}.\n`);
