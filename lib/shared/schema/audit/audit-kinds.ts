import type { RightName, RoleName } from '../user/user-labels';

/** The closed list of what is written down, in the order of the filter. Safe in a browser. */

export const auditGroups = {
  signIns: 'Signing in',
  people: 'Users and permissions',
  tokens: 'API tokens',
  datasets: 'Datasets and columns',
  imports: 'Imports',
  exports: 'Exports',
  deletions: 'Deletions',
} as const;
export type AuditGroup = keyof typeof auditGroups;

/** What an event can be done to. */
export type AuditSubject = 'person' | 'invitation' | 'token' | 'dataset' | 'column' | 'import' | 'log';

/**
 * Each kind: its group, what it is done to, and what it is called. None is ever taken off the list, since the log is
 * read for good.
 */
export const auditKinds = {
  OWNER_MADE: { group: 'signIns', on: 'person', name: 'Owner’s account created' },
  SIGNED_IN: { group: 'signIns', on: 'person', name: 'Signed in' },
  SIGN_IN_FAILED: { group: 'signIns', on: 'person', name: 'Sign-in failed' },
  SIGNED_OUT: { group: 'signIns', on: 'person', name: 'Signed out' },
  SESSIONS_ENDED: { group: 'signIns', on: 'person', name: 'Signed other browsers out' },
  PASSWORD_CHANGED: { group: 'signIns', on: 'person', name: 'Password changed' },
  PASSWORD_LINK_MADE: { group: 'signIns', on: 'person', name: 'Password link created' },
  PASSWORD_RENEWED: { group: 'signIns', on: 'person', name: 'New password set by link' },
  INVITED: { group: 'people', on: 'invitation', name: 'Invitation sent' },
  INVITATION_WITHDRAWN: { group: 'people', on: 'invitation', name: 'Invitation withdrawn' },
  INVITATION_ACCEPTED: { group: 'people', on: 'invitation', name: 'Invitation accepted' },
  PERSON_ADMITTED: { group: 'people', on: 'person', name: 'Account created at the first single sign-on' },
  PERSON_RENAMED: { group: 'people', on: 'person', name: 'Name changed' },
  ROLE_CHANGED: { group: 'people', on: 'person', name: 'Role changed' },
  PERSON_DISABLED: { group: 'people', on: 'person', name: 'User disabled' },
  PERSON_ENABLED: { group: 'people', on: 'person', name: 'User enabled' },
  DATASET_SHARED: { group: 'people', on: 'person', name: 'Dataset shared' },
  DATASET_UNSHARED: { group: 'people', on: 'person', name: 'Access to a dataset removed' },
  TOKEN_MADE: { group: 'tokens', on: 'token', name: 'API token created' },
  TOKEN_REVOKED: { group: 'tokens', on: 'token', name: 'API token revoked' },
  TOKEN_USED: { group: 'tokens', on: 'token', name: 'API token used' },
  DATASET_MADE: { group: 'datasets', on: 'dataset', name: 'Dataset created' },
  COLUMNS_ADDED: { group: 'datasets', on: 'dataset', name: 'Columns added to a dataset' },
  KEY_CHOSEN: { group: 'datasets', on: 'dataset', name: 'Key of a dataset chosen' },
  COLUMN_CHANGED: { group: 'datasets', on: 'column', name: 'Column changed' },
  IMPORT_CREATED: { group: 'imports', on: 'import', name: 'Upload started' },
  IMPORT_STARTED: { group: 'imports', on: 'import', name: 'Import started' },
  IMPORT_CORRECTED: { group: 'imports', on: 'import', name: 'Import corrected in its review' },
  CORRECTION_CREATED: { group: 'imports', on: 'import', name: 'Upload of corrected rows started' },
  CORRECTION_CANCELLED: { group: 'imports', on: 'import', name: 'Upload of corrected rows cancelled' },
  CORRECTION_FAILED: { group: 'imports', on: 'import', name: 'File of corrected rows failed' },
  IMPORT_APPROVED: { group: 'imports', on: 'import', name: 'Reviewed import published' },
  IMPORT_COMPLETED: { group: 'imports', on: 'import', name: 'Import completed' },
  IMPORT_FAILED: { group: 'imports', on: 'import', name: 'Import failed' },
  IMPORT_CANCELLED: { group: 'imports', on: 'import', name: 'Import cancelled' },
  IMPORT_UNDONE: { group: 'imports', on: 'import', name: 'Import undone' },
  IMPORT_REDONE: { group: 'imports', on: 'import', name: 'Import redone' },
  ROWS_EXPORTED: { group: 'exports', on: 'dataset', name: 'Dataset exported' },
  REJECTIONS_EXPORTED: { group: 'exports', on: 'import', name: 'Rejected rows downloaded' },
  SOURCE_DOWNLOADED: { group: 'exports', on: 'import', name: 'Source file downloaded' },
  AUDIT_EXPORTED: { group: 'exports', on: 'log', name: 'Audit log exported' },
  IMPORT_DELETED: { group: 'deletions', on: 'import', name: 'Import deleted' },
  DATASET_DELETED: { group: 'deletions', on: 'dataset', name: 'Dataset deleted' },
  PERSON_PURGED: { group: 'deletions', on: 'person', name: 'User and all their data deleted' },
  FILE_EXPIRED: {
    group: 'deletions',
    on: 'import',
    name: 'Source file and rejections deleted when their time was up',
  },
  ROWS_EXPIRED: {
    group: 'deletions',
    on: 'import',
    name: 'Rows of an undone import deleted when their time was up',
  },
  IMPORT_PURGED: { group: 'deletions', on: 'import', name: 'Rows and file of a deleted import removed' },
  DATASET_PURGED: { group: 'deletions', on: 'dataset', name: 'Rows of a deleted dataset removed' },
  PERSON_REMOVED: { group: 'deletions', on: 'person', name: 'User removed' },
} as const satisfies Record<string, { group: AuditGroup; on: AuditSubject; name: string }>;

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
  /** What a replacement did to the rows of its dataset, where `rows` would not say it. */
  removed?: number;
  altered?: number;
  kept?: number;
  added?: number;
  imports?: number;
  /** How many sessions it ended. */
  sessions?: number;
  /** How many columns came to a dataset, how many of those ask something of their values, and how many make the key. */
  columns?: number;
  ruled?: number;
  keyColumns?: number;
  /** What of a column became another: words of a closed list. */
  changed?: string;
  /** Scopes of a token, or the filters of an export. */
  scope?: string;
}
