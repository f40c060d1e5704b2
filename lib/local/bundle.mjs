import { build } from 'esbuild';

// The worker, the release step and the doctor as plain files: no TypeScript loader in production, which costs 40 MB.
await build({
  entryPoints: { worker: 'worker/index.ts', migrate: 'prisma/cli.ts', doctor: 'lib/cli/doctor.ts' },
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
