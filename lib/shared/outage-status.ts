/**
 * Whether an HTTP status (0: there was no answer) says that the server cannot do right now what it is asked, so that
 * there is use in asking again. The one place that decides it: for the store, web servers, browsers and the command line.
 * 501 does not pass: the server does not know what it is asked for.
 */
export function isOutageStatus(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || (status >= 500 && status !== 501);
}

/**
 * The same of Sluice's own answers. 500 is a fault of Sluice, which comes again however often it is asked, and with 429
 * it says itself when to ask again.
 */
export function isSluiceOutage(status: number): boolean {
  return isOutageStatus(status) && status !== 500 && status !== 429;
}
