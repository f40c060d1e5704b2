import type { z } from 'zod';
import {
  type AuditEventView,
  type AuditFilter,
  type AuditPage,
  auditKind,
  type auditQuery,
} from '@/lib/shared/schema/audit/audit';
import { type AuditSubject, auditGroups, auditKinds } from '@/lib/shared/schema/audit/audit-kinds';
import { storedFacts } from '@/lib/shared/schema/audit/stored-facts';
import { db, type Prisma } from '../platform/db/client';
import type { AuditEvent } from '../platform/db/generated/client';
import { erasedName } from './erase-user';

/** One page of the log, newest first. By keyset, so that a page costs the same however far back it is. */
export async function listEvents({
  before,
  limit,
  ...filter
}: z.output<typeof auditQuery>): Promise<AuditPage> {
  const [page, names] = await Promise.all([findEvents(filter, before, limit), namesOf(filter)]);
  return { ...page, names };
}

/** Events that a filter lets through, older than one, newest first. @returns and where the next page begins */
export async function findEvents(
  filter: AuditFilter,
  before: string | undefined,
  limit: number,
): Promise<{ events: AuditEventView[]; next: string | null }> {
  const found = await db().auditEvent.findMany({
    where: { AND: [whereOf(filter), before ? { id: { lt: BigInt(before) } } : {}] },
    orderBy: { id: 'desc' },
    take: limit,
  });
  const last = found.length === limit ? found.at(-1) : undefined;
  return { events: await withNames(found), next: last ? String(last.id) : null };
}

function whereOf(filter: AuditFilter): Prisma.AuditEventWhereInput {
  const { person, dataset } = filter;
  return {
    AND: [
      filter.what ? { kind: { in: kindsOf(filter.what) } } : {},
      person ? { OR: [{ actorId: person }, { subjectId: person }] } : {},
      dataset ? { OR: [{ datasetId: dataset }, { subjectId: dataset }] } : {},
      filter.import ? { subjectId: filter.import } : {},
      filter.from ? { at: { gte: new Date(filter.from) } } : {},
      filter.to ? { at: { lt: endOf(filter.to) } } : {},
    ],
  };
}

function kindsOf(what: NonNullable<AuditFilter['what']>): string[] {
  if (!(what in auditGroups)) return [what];
  return auditKind.options.filter((kind) => auditKinds[kind].group === what);
}

function endOf(to: string): Date {
  const date = new Date(to);
  if (to.length === 'YYYY-MM-DD'.length) date.setUTCDate(date.getUTCDate() + 1);
  return date;
}

/** Files and columns are called by what is there, so that their names go with them; datasets lead to where they are. */
async function withNames(events: AuditEvent[]): Promise<AuditEventView[]> {
  const ids = (of: (event: AuditEvent) => string | null) => [
    ...new Set(events.flatMap((event) => of(event) ?? [])),
  ];
  const [imports, columns, datasets, deleted] = await Promise.all([
    db().import.findMany({
      where: {
        publicId: { in: ids((event) => (isOn('import', event) ? event.subjectId : null)) },
        deletedAt: null,
      },
      select: { publicId: true, fileName: true },
    }),
    db().column.findMany({
      where: {
        id: { in: ids((event) => (isOn('column', event) ? event.subjectId : null)) },
        dataset: { deletedAt: null },
      },
      select: { id: true, name: true },
    }),
    db().dataset.findMany({
      where: { id: { in: ids((event) => event.datasetId) }, deletedAt: null },
      select: { id: true, slug: true },
    }),
    // Until a job has taken their names out of the log, they are left out here.
    db().user.findMany({ where: { purgedAt: { not: null } }, select: { id: true } }),
  ]);
  const current = new Map([
    ...imports.map(({ publicId, fileName }) => [publicId, fileName] as const),
    ...columns.map(({ id, name }) => [id, name] as const),
  ]);
  const gone = new Set(deleted.map(({ id }) => id));
  const slugs = new Map(datasets.map(({ id, slug }) => [id, slug]));
  return events.flatMap((event) => {
    // One that is not known is of a later version.
    const kind = auditKind.safeParse(event.kind).data;
    if (!kind) return [];
    const { actorId, subjectId, datasetId, datasetName } = event;
    const [actorGone, subjectGone] = [gone.has(actorId ?? ''), gone.has(subjectId ?? '')];
    const actorName = actorGone ? null : event.actorName;
    const subjectName = subjectGone || (actorGone && kind.startsWith('TOKEN_')) ? null : event.subjectName;
    return {
      id: String(event.id),
      at: event.at.toISOString(),
      kind,
      by: actorId === null ? null : { id: actorId, name: actorName ?? erasedName },
      via: actorGone ? (event.via?.split(':')[0] ?? null) : event.via,
      address: actorGone || (subjectGone && actorId === null) ? null : event.address,
      on:
        subjectId === null
          ? null
          : {
              id: subjectId,
              name:
                subjectName ??
                current.get(subjectId) ??
                (auditKinds[kind].on === 'person' ? erasedName : null),
            },
      dataset:
        datasetId === null
          ? null
          : { id: datasetId, name: datasetName ?? '', slug: slugs.get(datasetId) ?? null },
      facts: storedFacts.parse(event.facts ?? {}),
    };
  });
}

const isOn = (subject: AuditSubject, { kind }: AuditEvent) =>
  auditKind.options.some((name) => name === kind && auditKinds[name].on === subject);

/** What is filtered by, as people know it: also when it is gone, by the last name that the log has. */
async function namesOf(filter: AuditFilter): Promise<AuditPage['names']> {
  const { person, dataset } = filter;
  const newest = { orderBy: { id: 'desc' } } as const;
  const [doer, table, imported] = await Promise.all([
    person ? db().auditEvent.findFirst({ where: { actorId: person }, ...newest }) : null,
    dataset ? db().auditEvent.findFirst({ where: { datasetId: dataset }, ...newest }) : null,
    filter.import ? db().import.findUnique({ where: { publicId: filter.import, deletedAt: null } }) : null,
  ]);
  const done =
    person && !doer ? await db().auditEvent.findFirst({ where: { subjectId: person }, ...newest }) : null;
  const deleted = person ? await db().user.count({ where: { id: person, purgedAt: { not: null } } }) : 0;
  return {
    person: deleted > 0 ? erasedName : (doer ?? done) && (doer?.actorName ?? done?.subjectName ?? erasedName),
    dataset: table?.datasetName ?? null,
    import: imported?.fileName ?? null,
  };
}
