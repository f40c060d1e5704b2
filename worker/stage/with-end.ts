import { updateAsAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { layoutChoicesInput } from '@/lib/shared/schema/file/layout';
import { type Layout, storedInspection, storedLayout } from '@/lib/shared/schema/import/stored-import';
import { inspect } from '../read/inspect';
import type { ByteSource } from '../read/source/types';

/**
 * The layout of an import's file with the rows at its end that are no data. Those of a very large packed file could not be
 * looked at before it was started: they are looked at now, and what becomes of them is what the person chose for rows of
 * their kind, or what would have been proposed. The import notes what was found.
 *
 * @throws ImportFailure for a file that cannot be unpacked to its end; Fenced
 */
export async function withEnd(
  record: Pick<Import, 'id' | 'attempt' | 'layout' | 'inspection' | 'choices'>,
  source: ByteSource,
): Promise<Layout> {
  const layout = storedLayout.parse(record.layout);
  if (!layout.endUnknown) return layout;
  const before = storedInspection.parse(record.inspection);
  const chosen = layoutChoicesInput.parse(record.choices ?? {});
  const kinds = Object.fromEntries(before.leftOut.map(({ kind, isLeftOut }) => [kind, isLeftOut]));
  const found = await inspect(source, { ...chosen, leftOut: { ...kinds, ...chosen.leftOut } }, true);
  const leftOut = found.leftOut.map(({ kind, isLeftOut, says }) => ({ kind, isLeftOut, says }));
  const whole = { ...layout, leftOut: found.layout.leftOut, endUnknown: false };
  await updateAsAttempt(db(), record, {
    layout: jsonValue(whole),
    inspection: jsonValue({ ...before, leftOut }),
  });
  return whole;
}
