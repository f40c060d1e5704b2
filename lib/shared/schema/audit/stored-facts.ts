import { z } from 'zod';
import { rights, roles } from '../user/user-labels';
import type { AuditFacts } from './audit-kinds';

/** The facts of an event as they are read back. */
export const storedFacts = z.object({
  role: z.enum(roles).optional(),
  right: z.enum(rights).optional(),
  way: z.enum(['password', 'single sign-on']).optional(),
  reason: z.string().optional(),
  format: z.enum(['csv', 'json', 'xlsx']).optional(),
  bytes: z.number().optional(),
  rows: z.number().optional(),
  rejected: z.number().optional(),
  removed: z.number().optional(),
  altered: z.number().optional(),
  kept: z.number().optional(),
  added: z.number().optional(),
  imports: z.number().optional(),
  sessions: z.number().optional(),
  columns: z.number().optional(),
  ruled: z.number().optional(),
  keyColumns: z.number().optional(),
  changed: z.string().optional(),
  scope: z.string().optional(),
}) satisfies z.ZodType<AuditFacts>;
