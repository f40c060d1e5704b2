import { build } from 'esbuild';

// The worker and the release step as plain files: no TypeScript loader in production, which costs 40 MB.
await build({
  entryPoints: { worker: 'worker/index.ts', migrate: 'prisma/cli.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  sourcemap: true,
  logLevel: 'warning',
});
