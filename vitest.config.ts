import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The file that takes longest begins first: where nothing is known of earlier runs it would be among the last, alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith('/e2e/faults/faults.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  resolve: { alias: { '@': resolve('.') } },
  test: {
    include: ['{app,components,lib,worker,prisma,testing,bench,e2e}/**/*.test.{ts,tsx}'],
    globalSetup: ['testing/services.ts'],
    setupFiles: ['testing/environment.ts'],
    // Two cores: a file each, and the database and the store need some of them too.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
