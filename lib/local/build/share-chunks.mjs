import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Smaller ones are not worth a file more to look up. */
const leastBytes = 1_000;

/**
 * Has chunks with the same modules loaded once. `next build` writes the modules that routes have in common into a chunk
 * for each group of routes, and a web server that has served them all holds each as a text: 17 times the same 180 KB of
 * two bytes a character. Not for Vercel, which packs for each route what was traced for it before.
 */
async function shareChunks(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
  const firsts = new Map();
  let shared = 0;
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    const modules = text.replace(/\s*\/\/# sourceMappingURL=\S+\s*$/, '');
    if (!modules.startsWith('module.exports=[') || modules.length < leastBytes) continue;
    const digest = createHash('sha256').update(modules).digest('hex');
    const first = firsts.get(digest);
    if (first === undefined) {
      firsts.set(digest, name);
      continue;
    }
    await writeFile(join(folder, name), `module.exports=require(${JSON.stringify(`./${first}`)})\n`);
    shared += modules.length;
  }
  return shared;
}

for (const root of ['.next', '.next/standalone/.next']) {
  for (const folder of ['chunks', 'chunks/ssr']) {
    const shared = await shareChunks(join(root, 'server', folder));
    process.stdout.write(
      `${root}/server/${folder}: ${Math.round(shared / 1000)} kB of the same modules are shared\n`,
    );
  }
}
