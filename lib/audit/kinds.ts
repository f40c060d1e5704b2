import type { RightName, RoleName } from '../accounts/words';

/** The closed list of what is written down, in the order of the filter. Safe in a browser. */

export const auditGroups = {
  signIns: 'Signing in',
  people: 'People and rights',
  tokens: 'API tokens',
  imports: 'Imports',
  exports: 'Exports',
  deletions: 'Deletions',
} as const;
export type AuditGroup = keyof typeof auditGroups;

/** Each kind: its group, and what it is called. What an event was done to follows from its kind. */
export const auditKinds = {
  OWNER_MADE: { group: 'signIns', name: 'Owner’s account made' },
  SIGNED_IN: { group: 'signIns', name: 'Signed in' },
  SIGN_IN_FAILED: { group: 'signIns', name: 'Sign-in failed' },
  SIGNED_OUT: { group: 'signIns', name: 'Signed out' },
  SESSIONS_ENDED: { group: 'signIns', name: 'Signed other browsers out' },
  PASSWORD_CHANGED: { group: 'signIns', name: 'Password changed' },
  PASSWORD_LINK_MADE: { group: 'signIns', name: 'Link for a new password made' },
  PASSWORD_RENEWED: { group: 'signIns', name: 'New password set by link' },
  INVITED: { group: 'people', name: 'Invitation sent' },
  INVITATION_WITHDRAWN: { group: 'people', name: 'Invitation withdrawn' },
  INVITATION_ACCEPTED: { group: 'people', name: 'Invitation accepted' },
  PERSON_ADMITTED: { group: 'people', name: 'Account made at the first single sign-on' },
  PERSON_RENAMED: { group: 'people', name: 'Name changed' },
  ROLE_CHANGED: { group: 'people', name: 'Role changed' },
  PERSON_DISABLED: { group: 'people', name: 'Person disabled' },
  PERSON_ENABLED: { group: 'people', name: 'Person enabled' },
  DATASET_SHARED: { group: 'people', name: 'Dataset shared' },
  DATASET_UNSHARED: { group: 'people', name: 'Right to a dataset taken back' },
  TOKEN_MADE: { group: 'tokens', name: 'API token made' },
  TOKEN_REVOKED: { group: 'tokens', name: 'API token revoked' },
  TOKEN_USED: { group: 'tokens', name: 'API token used' },
  IMPORT_CREATED: { group: 'imports', name: 'Upload begun' },
  IMPORT_STARTED: { group: 'imports', name: 'Import started' },
  IMPORT_COMPLETED: { group: 'imports', name: 'Import completed' },
  IMPORT_FAILED: { group: 'imports', name: 'Import failed' },
  IMPORT_CANCELLED: { group: 'imports', name: 'Import cancelled' },
  IMPORT_UNDONE: { group: 'imports', name: 'Import undone' },
  IMPORT_REDONE: { group: 'imports', name: 'Undo taken back' },
  ROWS_EXPORTED: { group: 'exports', name: 'Dataset exported' },
  REJECTIONS_EXPORTED: { group: 'exports', name: 'Rejected rows downloaded' },
  SOURCE_DOWNLOADED: { group: 'exports', name: 'Source file downloaded' },
  AUDIT_EXPORTED: { group: 'exports', name: 'Audit log exported' },
  PERSON_REMOVED: { group: 'deletions', name: 'Person removed' },
} as const satisfies Record<string, { group: AuditGroup; name: string }>;

export type AuditKind = keyof typeof auditKinds;

/**
 * What more is known of an event. A closed list, so that no value of a file, address that is signed, or secret can
 * come in by a name of its own.
 */
export interface AuditFacts {
  role?: RoleName;
  right?: RightName;
  /** By which way somebody signed in. */
  way?: 'password' | 'single sign-on';
  /** A code of a closed list: why an import failed, why a sign-in did. */
  reason?: string;
  format?: 'csv' | 'json' | 'xlsx';
  bytes?: number;
  rows?: number;
  rejected?: number;
  /** How many things it concerned. */
  count?: number;
  /** Scopes of a token, or the filters of an export. */
  scope?: string;
}
