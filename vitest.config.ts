import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': resolve('.') } },
  test: {
    include: ['{app,components,lib,worker,prisma,testing,bench,e2e}/**/*.test.{ts,tsx}'],
    globalSetup: ['testing/services.ts'],
    setupFiles: ['testing/environment.ts'],
    // Two cores: a file each, and the database and the store need some of them too.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
