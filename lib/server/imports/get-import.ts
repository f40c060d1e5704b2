import { headerRowsOf, rowsAbove } from '@/lib/shared/csv/header-rows';
import {
  type ImportDetails,
  type InspectionView,
  importDraft,
  type LayoutView,
} from '@/lib/shared/schema/imports';
import {
  type StoredInspection,
  type StoredLayout,
  storedAttempts,
  storedInspection,
  storedLayout,
  storedMapping,
} from '@/lib/shared/schema/stored-import';
import { replacementCounts, storedReplacement } from '@/lib/shared/schema/stored-replacement';
import { shownAmendments } from '@/lib/shared/schema/stored-review';
import { visibleImports } from '../datasets/rights';
import { db } from '../platform/db/client';
import type { User } from '../platform/user';
import { findImport, isOwn } from './find-import';
import { isOutdated } from './outcomes/is-outdated';
import { listRejections } from './rejections/list-rejections';
import { findCorrected } from './review/find-corrected';
import { findSameFile } from './same-file/find-same-file';
import { type FoundImport, importView } from './view';

/** Rows of the preview. */
const previewRows = 50;

/** One import with everything that its own page shows. */
export async function getImport(id: string, user: User): Promise<ImportDetails> {
  const it = await findImport(id, user);
  // Its sample shows columns that may have been left out on purpose.
  const found = it.inspection === null ? null : storedInspection.parse(it.inspection);
  const inspection = isOwn(it, user) ? found : null;
  const { rejections } = await listRejections(it.id, { after: 0, limit: 20 });
  const correction = await db().import.findFirst({
    where: { corrects: it.publicId, deletedAt: null },
    orderBy: { id: 'desc' },
    select: { publicId: true },
  });
  return {
    ...importView(it),
    sameFile: await findSameFile(it, user),
    attemptNotes: storedAttempts.parse(it.attemptNotes ?? []),
    outdated: await isOutdated(it),
    publishedAfter: await publishedBefore(it, user),
    inspection:
      inspection &&
      ({
        layout: layoutView(inspection.layout, inspection.top),
        columns: inspection.columns,
        sample: inspection.sample.slice(0, previewRows),
        top: inspection.top,
        headerSure: inspection.headerSure,
        leftOut: inspection.leftOut,
        encodings: inspection.encodings,
        warnings: inspection.warnings,
      } satisfies InspectionView),
    draft: isOwn(it, user) ? importDraft.nullable().parse(it.draft) : null,
    mapping: it.mapping === null ? null : storedMapping.parse(it.mapping),
    layout: it.layout === null ? null : layoutView(storedLayout.parse(it.layout), found?.top ?? []),
    rejections,
    replaces: await replacementOf(it),
    rejectedBy: inspection && it.status === 'MAPPING' ? await findCorrected(inspection, user) : null,
    correction: correction?.publicId ?? null,
    amendments: shownAmendments.parse(it.amendments ?? []),
  };
}

const withReplacement: readonly string[] = ['REVIEW', 'COMPLETED', 'UNDONE'];

/** What an import does to a dataset that it replaces, or did. */
async function replacementOf(it: FoundImport): Promise<ImportDetails['replaces']> {
  const counts = replacementCounts(it);
  if (!withReplacement.includes(it.status) || !counts || !it.datasetId) return null;
  const { rejected, rejectedRows } = storedReplacement.parse(it.replaces);
  const columns = await db().column.findMany({
    where: { datasetId: it.datasetId },
    orderBy: { position: 'asc' },
    select: { name: true, slot: true, keyPart: true },
  });
  const filled = new Set(storedMapping.parse(it.mapping ?? []).map(({ slot }) => slot));
  // The dataset may have got columns since it was published.
  const emptied = it.status === 'REVIEW' ? columns.filter(({ slot }) => !filled.has(slot)) : [];
  return {
    ...counts,
    rejected,
    rejectedRows,
    keyed: columns.some(({ keyPart }) => keyPart !== null),
    emptied: emptied.map(({ name }) => name),
  };
}

/** The import that came just before it in the order of their dataset: of two at once, the one that was first. */
async function publishedBefore(
  { datasetId, publication }: { datasetId: string | null; publication: number | null },
  user: User,
): Promise<ImportDetails['publishedAfter']> {
  if (!datasetId || publication === null) return null;
  const found = await db().import.findFirst({
    where: { datasetId, publication: { lt: publication }, AND: [visibleImports(user)] },
    orderBy: { publication: 'desc' },
    select: { publicId: true, fileName: true },
  });
  return found && { id: found.publicId, fileName: found.fileName };
}

function layoutView(layout: StoredLayout, top: StoredInspection['top']): LayoutView {
  const { format, headerRow, firstRow } = layout;
  const start = { top, headerRow, firstRow };
  const common = { headerRow, headerRows: headerRowsOf(start), rowsAbove: rowsAbove(start) };
  if (format === 'xlsx') {
    const sheets = layout.sheets.map(({ name, state, hasRows, extent = null }) => ({
      name,
      state,
      hasRows,
      extent,
    }));
    const { sheet, convertedFrom = null } = layout;
    return { format, ...common, sheet, sheets, encoding: null, delimiter: null, quote: null, convertedFrom };
  }
  const { encoding, delimiter, quote } = layout;
  return { format, ...common, encoding, delimiter, quote, sheet: null, sheets: [], convertedFrom: null };
}
