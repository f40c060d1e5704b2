import { formatCountOf } from '@/components/format/count';
import type { Candidate } from '@/lib/shared/schema/dataset/candidate';

/** The one that has more of the file's columns than any other; null where two have as many, and a person has to say. */
export function likeliest([first, second]: Candidate[]): Candidate | null {
  if (!first) return null;
  const isTie = second && second.missing === first.missing && second.extra === first.extra;
  return isTie ? null : first;
}

/** The one that is chosen until a person says otherwise: it has the very columns of the file, and no other has. */
export function certain(candidates: Candidate[]): Candidate | null {
  const likely = likeliest(candidates);
  return likely && likely.missing === 0 && likely.extra === 0 ? likely : null;
}

/** Why a file may go there: “the file has the same 7 columns”. */
export function reasonFor({ same, missing, extra }: Candidate): string {
  if (missing === 0 && extra === 0) return `the file has the same ${formatCountOf(same, 'column')}`;
  const has = missing === 0 ? `all ${same} of its columns` : `${same} of its ${same + missing} columns`;
  return `the file has ${has}${extra > 0 ? ` and ${formatCountOf(extra, 'other')}` : ''}`;
}
