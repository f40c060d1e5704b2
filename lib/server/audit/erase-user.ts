import { db } from '../platform/db/client';

/** Events changed in one statement: few enough not to delay writers of the log. */
const eventsAtATime = 5_000;

/** Name in the log of a user who was deleted permanently. */
export const erasedName = 'Somebody who was deleted';

/**
 * Takes what names a deleted person out of the log: the name, the addresses that they came from, and the names of
 * their tokens and of the invitation that they came by. The events stay. The log itself lets this through, and only for
 * somebody of whom it says that they were deleted (see the migration). It may be stopped anywhere and run again.
 */
export async function eraseUser(id: string): Promise<void> {
  await inPieces(
    () => db().$executeRaw`
      update "AuditEvent" set "actorName" = null, "address" = null, "via" = split_part("via", ':', 1),
        "subjectName" = case when "kind" like 'TOKEN\\_%' then null else "subjectName" end
      where "id" in (
        select "id" from "AuditEvent" where "actorId" = ${id}::uuid and (
          "actorName" is not null or "address" is not null or "via" like '%:%'
          or ("kind" like 'TOKEN\\_%' and "subjectName" is not null))
        limit ${eventsAtATime})`,
  );
  await inPieces(
    () => db().$executeRaw`
      update "AuditEvent" set "subjectName" = null, "address" = case when "actorId" is null then null else "address" end
      where "id" in (
        select "id" from "AuditEvent" where "subjectId" = ${id} and (
          "subjectName" is not null or ("actorId" is null and "address" is not null))
        limit ${eventsAtATime})`,
  );
  await inPieces(
    () => db().$executeRaw`
      update "AuditEvent" set "subjectName" = null
      where "id" in (
        select e."id" from "AuditEvent" a join "AuditEvent" e on e."subjectId" = a."subjectId"
        where a."kind" = 'INVITATION_ACCEPTED' and a."actorId" = ${id}::uuid and e."subjectName" is not null
        limit ${eventsAtATime})`,
  );
}

async function inPieces(update: () => Promise<number>): Promise<void> {
  while ((await update()) === eventsAtATime);
}
