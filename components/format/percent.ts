/** A part of a whole as people read it, “62 %”: never 100 % before the end. */
export function formatPercent(part: number, whole: number): string {
  return `${whole > 0 ? Math.floor((part / whole) * 100) : 0} %`;
}
