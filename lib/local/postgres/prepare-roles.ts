import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Passwords } from './passwords';
import type { RunsAs } from './program';

/**
 * The administrator is called postgres, and Sluice's user may log in and make roles that read, as the README shows.
 * Clusters of earlier versions had one user, sluice, who was the administrator; that cannot be taken from the user a
 * cluster was made by, so it becomes the administrator's, and Sluice gets a user of its own. Nobody can rename
 * themselves: sluice_upgrade does, who cannot log in, and is dropped by {@link ownObjects}.
 */
const rolesSql = ({ postgres, sluice }: Passwords) => `
do $$
declare
  first text := (select rolname from pg_roles where oid = 10);
begin
  if first <> 'postgres' then
    create role sluice_upgrade superuser;
    set local session authorization sluice_upgrade;
    execute format('alter role %I rename to postgres', first);
  end if;
  if not exists (select from pg_roles where rolname = 'sluice') then
    create role sluice;
  end if;
end $$;

alter role postgres login superuser password '${postgres}';

alter role sluice login nosuperuser nocreatedb createrole noreplication nobypassrls password '${sluice}';

`;

/** Everybody needs the password, whichever way they come. */
const access = `# type  database  user  address  method
local all all scram-sha-256
host  all all 127.0.0.1/32 scram-sha-256
`;

/**
 * Gives a cluster its users and their passwords while no server runs on it, so that nobody can come in meanwhile.
 * May be done again.
 * @param place the cluster's folder
 */
export async function prepareRoles(
  program: string,
  place: string,
  as: RunsAs,
  passwords: Passwords,
): Promise<void> {
  await writeFile(join(place, 'pg_hba.conf'), access);
  // -j: a statement ends with a semicolon and an empty line.
  const args = [
    '--single',
    '-j',
    '-D',
    place,
    '-c',
    'exit_on_error=on',
    '-c',
    'listen_addresses=',
    'postgres',
  ];
  const child = spawn(program, args, { ...as, stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(rolesSql(passwords));
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code === 0 && !/\b(?:ERROR|FATAL|PANIC):/.test(said)) return;
  // A statement in which the server found a fault is quoted with it.
  const lines = said.split('\n').filter((line) => !/password/.test(line));
  throw new Error(`The users of the embedded database in ${place} could not be made:\n${lines.join('\n')}`);
}
