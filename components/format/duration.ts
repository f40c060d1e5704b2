/** Seconds as a person says them: “under 0.1 s”, “0.8 s”, “42 s”, “3 min 05 s”, “1 h 12 min”. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.05) return 'under 0.1 s';
  if (seconds < 10) return `${Math.max(0, Math.round(seconds * 10) / 10)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Seconds left, rounded so that the figure does not flicker: “about 40 s left”. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 1.5) return 'almost done';
  if (seconds < 20) return `${Math.ceil(seconds)} s left`;
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `about ${minutes} min left`;
  return `about ${Math.round(minutes / 60)} h left`;
}
