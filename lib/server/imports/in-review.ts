/** Seconds that an import has been waiting in REVIEW, without those of earlier reviews. */
export function secondsRested({ restingSince }: { restingSince: Date | null }): number {
  return restingSince ? Math.round((Date.now() - restingSince.getTime()) / 1000) : 0;
}
