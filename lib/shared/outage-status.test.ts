import { expect, it } from 'vitest';
import { isOutageStatus, isSluiceOutage } from './outage-status';

it('a store that is silent, busy or broken may be asked again, one that refuses not', () => {
  for (const status of [0, 408, 429, 500, 502, 503, 504, 507]) expect(isOutageStatus(status)).toBe(true);
  for (const status of [200, 304, 400, 403, 404, 412, 416, 501]) expect(isOutageStatus(status)).toBe(false);
});

it('Sluice may be asked again while it is restarted, not where it is at fault or says itself when', () => {
  for (const status of [0, 502, 503, 504]) expect(isSluiceOutage(status)).toBe(true);
  for (const status of [200, 400, 404, 409, 429, 500, 501]) expect(isSluiceOutage(status)).toBe(false);
});
