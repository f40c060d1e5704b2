/**
 * An address of somebody who may never come here, so that an administrator knows which invitation is meant and the
 * log keeps no address for ever: `eve@example.com` → `e…@example.com`.
 */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0] ?? ''}…${at > 0 ? email.slice(at) : ''}`;
}
