import { z } from '../../zod';
import { auditGroups, auditKinds } from './audit-kinds';
import { storedFacts } from './stored-facts';

/** What goes over the wire about the audit log. Browsers take its types alone. */

const keysOf = <T extends object>(shape: T) =>
  Object.keys(shape) as [keyof T & string, ...(keyof T & string)[]];

/** A kind of event. */
export const auditKind = z.enum(keysOf(auditKinds));

/** A day (of UTC), or a moment with its offset. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** What the log can be narrowed to. All of it has to apply. */
export const auditFilter = z.object({
  /** A kind, or a group of them. */
  what: z.union([auditKind, z.enum(keysOf(auditGroups))]).optional(),
  /** Who did it, or to whom it was done. */
  person: z.uuid().optional(),
  dataset: z.uuid().optional(),
  import: z.uuid().optional(),
  from: moment.optional(),
  /** A day is meant with all of its hours; a moment is the first that is not meant any more. */
  to: moment.optional(),
});
export type AuditFilter = z.output<typeof auditFilter>;

/** `GET /audit` */
export const auditQuery = auditFilter.extend({
  /** Events before this one: what an earlier page gave as `next`. */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const named = z.object({ id: z.string(), name: z.string() });

/** One event of the log. */
export const auditEventShape = z
  .object({
    id: z.string(),
    at: z.string(),
    kind: z.enum(keysOf(auditKinds)),
    by: named.nullable().describe('Null: nobody who is known, or Sluice itself.'),
    via: z.string().nullable().describe('`token:NAME`, or `local` for the command line; null for a session.'),
    address: z.string().nullable(),
    on: z
      .object({ id: z.string(), name: z.string().nullable() })
      .nullable()
      .describe('What it was done to. The name is null where it went with the thing.'),
    dataset: named.extend({ slug: z.string().nullable() }).nullable(),
    facts: storedFacts,
  })
  .meta({ id: 'AuditEvent' });
export type AuditEventView = z.output<typeof auditEventShape>;

/** The answer of `GET /audit`. */
export const auditPageShape = z.object({
  events: z.array(auditEventShape),
  next: z.string().nullable().describe('Pass as `before` for older ones; null at the end.'),
  names: z
    .object({
      person: z.string().nullable(),
      dataset: z.string().nullable(),
      import: z.string().nullable(),
    })
    .describe('What the filters are called that go by an id.'),
});
export type AuditPage = z.output<typeof auditPageShape>;
