import type { AuditFacts } from './kinds';

const numbers = new Intl.NumberFormat('en');

/** What more is known of an event, in a few words; empty when there is nothing. Safe in a browser. */
export function describeFacts(facts: AuditFacts): string {
  const { role, right, way, reason, format, bytes, rows, rejected, count, scope } = facts;
  const said = [
    role && (role === 'ADMIN' ? 'as administrator' : 'as member'),
    right && `right: ${right.toLowerCase()}`,
    way && `by ${way}`,
    reason && `reason: ${reason.toLowerCase().replaceAll('_', ' ')}`,
    format?.toUpperCase(),
    bytes !== undefined && `${numbers.format(bytes)} bytes`,
    rows !== undefined && `${numbers.format(rows)} ${rows === 1 ? 'row' : 'rows'}`,
    rejected !== undefined && rejected > 0 && `${numbers.format(rejected)} rejected`,
    count !== undefined && `${numbers.format(count)}×`,
    scope,
  ];
  return said.filter((it) => typeof it === 'string' && it !== '').join(', ');
}
