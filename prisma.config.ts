import { defineConfig } from 'prisma/config';

// The CLI is only used to generate the client; migrations are applied by lib/server/platform/migrations/migrate.ts, which needs no
// engine download. With a reachable DATABASE_URL `prisma migrate deploy` does the same.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/sluice' },
});
