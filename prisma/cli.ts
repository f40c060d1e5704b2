import { env } from '@/lib/env';
import { diff } from './migrate';
import { prepareDatabase } from './prepare';

/**
 * `npm run migrate`: brings DATABASE_URL up to date (the release step).
 * `npm run migrate -- diff NAME`: writes the next migration from schema.prisma.
 */
async function main([verb, name]: string[]): Promise<void> {
  if (verb === undefined) {
    const applied = await prepareDatabase(env().DATABASE_URL);
    process.stdout.write(
      applied.length > 0 ? `Applied ${applied.join(', ')}.\n` : 'The database is up to date.\n',
    );
  } else if (verb === 'diff' && name) {
    const made = await diff('postgresql://localhost/unused', name);
    process.stdout.write(
      made ? `Wrote ${made}.\n` : 'The migrations make what the schema says: nothing to write.\n',
    );
  } else {
    process.stderr.write('Use “npm run migrate” or “npm run migrate -- diff NAME”.\n');
    process.exitCode = 2;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
