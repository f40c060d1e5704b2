/**
 * `LONG=1`, as in the nightly runs: what is drawn at random, or repeated until it must show, is so as often as it was
 * written for. Otherwise as often as finds most of it while somebody waits.
 */
export const isLong = process.env.LONG === '1';
