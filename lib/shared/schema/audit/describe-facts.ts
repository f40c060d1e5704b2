import type { AuditFacts } from './audit-kinds';

const numbers = new Intl.NumberFormat('en');

const counted = (count: number, what: string) => `${numbers.format(count)} ${what}${count === 1 ? '' : 's'}`;

/** What more is known of an event, in a few words; empty when there is nothing. Safe in a browser. */
export function describeFacts(facts: AuditFacts): string {
  const { role, right, way, reason, format, bytes, rows, rejected, imports, sessions, scope } = facts;
  const { columns, ruled, keyColumns, changed, removed, altered, kept, added } = facts;
  const said = [
    role && (role === 'ADMIN' ? 'as administrator' : 'as member'),
    right && `right: ${right.toLowerCase()}`,
    way && `by ${way}`,
    reason && `reason: ${reason.toLowerCase().replaceAll('_', ' ')}`,
    format?.toUpperCase(),
    bytes !== undefined && `${numbers.format(bytes)} bytes`,
    rows !== undefined && counted(rows, 'row'),
    removed !== undefined && `${counted(removed, 'row')} removed`,
    altered !== undefined && altered > 0 && `${numbers.format(altered)} changed`,
    kept !== undefined && kept > 0 && `${numbers.format(kept)} kept`,
    added !== undefined && `${numbers.format(added)} added`,
    rejected !== undefined && rejected > 0 && `${numbers.format(rejected)} rejected`,
    imports !== undefined && counted(imports, 'import'),
    sessions !== undefined && counted(sessions, 'session'),
    columns !== undefined && counted(columns, 'column'),
    ruled !== undefined && ruled > 0 && `${numbers.format(ruled)} with rules`,
    keyColumns !== undefined && `key of ${counted(keyColumns, 'column')}`,
    changed,
    scope,
  ];
  return said.filter((text) => typeof text === 'string' && text !== '').join(', ');
}
