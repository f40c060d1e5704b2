import { type Finding, fail, ok, warn } from './finding';

/**
 * How far a clock is from this machine's. Stores refuse signatures that are 15 minutes off; a signed address lives
 * no longer than that.
 * @param there and `here` in ms since 1970
 */
export function clockFinding(whose: string, there: number, here: number): Finding {
  const seconds = Math.round(Math.abs(there - here) / 1000);
  const what = `Clock of ${whose}`;
  const said = `it is ${seconds} s ${there > here ? 'ahead of' : 'behind'} this machine’s.`;
  const todo = 'Let both keep time by NTP (timedatectl set-ntp true).';
  if (seconds > 300) return fail(what, said, todo);
  if (seconds > 5) return warn(what, said, todo);
  return ok(what, 'agrees with this machine’s.');
}
