import type pg from 'pg';

/**
 * Makes Sluice's user the owner of what is in a database: in one of an earlier version all of it is the
 * administrator's. What the README tells people to set up for their readers goes on to hold.
 */
const ownSql = `
do $$
declare
  command text;
begin
  for command in
    with own as (
      select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
    )
    select format('alter schema %I owner to sluice', nspname) from pg_namespace
      where nspowner = 10 and nspname !~ '^pg_' and nspname <> 'information_schema'
    union all
    select format('alter table %s owner to sluice', c.oid::regclass) from pg_class c join own on own.oid = relnamespace
      where relowner = 10 and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
        -- A sequence of a column follows its table.
        and not (relkind = 'S' and exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
          and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')))
    union all
    select format('alter routine %s owner to sluice', p.oid::regprocedure)
      from pg_proc p join own on own.oid = pronamespace where proowner = 10
    union all
    select format('alter type %s owner to sluice', format_type(t.oid, null))
      from pg_type t join own on own.oid = typnamespace
      where typowner = 10 and typtype in ('e', 'd', 'r', 'c')
        and (typrelid = 0 or (select relkind = 'c' from pg_class where pg_class.oid = typrelid))
    union all
    select format('alter default privileges for role sluice%s grant %s on %s to %s',
        ' in schema ' || quote_ident(nspname), privilege_type,
        case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'routines' else 'types' end,
        case grantee when 0 then 'public' else grantee::regrole::text end)
      from pg_default_acl join pg_namespace on pg_namespace.oid = defaclnamespace, aclexplode(defaclacl)
      where defaclrole = 10 and defaclobjtype in ('r', 'S', 'f', 'T')
        and exists (select from pg_class c join own on own.oid = relnamespace where relowner = 10)
  loop
    execute command;
  end loop;
end $$`;

/** @param client the administrator's, of the database that is Sluice's */
export async function ownObjects(client: pg.Client): Promise<void> {
  await client.query('drop role if exists sluice_upgrade');
  await client.query(ownSql);
}
