import { env } from '@/lib/server/platform/env';

const one = "set_config\\('(\\w+)', '([^']*)', true\\)";
const statement = new RegExp(`^\\s*select ${one}(?:,\\s*${one})*\\s*$`);

/**
 * Settings of a transaction as the servers of a cluster hear of them: Citus hands SET LOCAL on to them, and not
 * `set_config`. Without, an update of 200,000 rows with keys took minutes, by a plan that was made for few.
 * @returns the statement as it is where it is no list of such settings, and where there is no cluster
 */
export function forServers(text: string): string {
  if (!statement.test(text) || env().DATABASE_DISTRIBUTED !== 'citus') return text;
  const lines = [...text.matchAll(new RegExp(one, 'g'))].map(
    ([, name, value]) => `set local ${name} = '${value}';`,
  );
  return `do $$ begin set local citus.propagate_set_commands = 'local'; ${lines.join(' ')} end $$`;
}
