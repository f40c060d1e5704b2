import { headerRowsOf, rowsAbove } from '@/lib/shared/csv/header-rows';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { LayoutView } from '@/lib/shared/schema/file/layout';
import { importDraft } from '@/lib/shared/schema/import/draft';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import {
  type Layout,
  type StoredInspection,
  storedInspection,
  storedLayout,
  storedMapping,
} from '@/lib/shared/schema/import/stored-import';
import { replacementCounts, storedReplacement } from '@/lib/shared/schema/review/stored-replacement';
import { shownAmendments } from '@/lib/shared/schema/review/stored-review';
import { isKeyed } from '../datasets/key';
import { visibleImports } from '../datasets/rights';
import { db } from '../platform/db/client';
import type { User } from '../platform/user';
import { expectedRows } from './checks/read-check';
import { findCorrected } from './corrections/find-corrected';
import { findImport, isOwn } from './find-import';
import { isOutdated } from './outcomes/is-outdated';
import { listAttempts } from './receipt/list-attempts';
import { listRejections } from './rejections/list-rejections';
import { findSameFile } from './same-file/find-same-file';
import { type FoundImport, importView } from './view';

/** Rows of the preview. */
const previewRows = 50;

/** One import with everything that its own page shows. */
export async function getImport(id: string, user: User): Promise<ImportDetails> {
  const record = await findImport(id, user);
  // Its sample shows columns that may have been left out on purpose.
  const found = record.inspection === null ? null : storedInspection.parse(record.inspection);
  const inspection = isOwn(record, user) ? found : null;
  const { rejections } = await listRejections(record.id, { after: 0, limit: 20 });
  return {
    ...importView(record),
    sameFile: await findSameFile(record, user),
    expectedRows: await expectedRows(record),
    attemptNotes: await listAttempts(record.id),
    outdated: await isOutdated(record),
    publishedAfter: await publishedBefore(record, user),
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
    draft: isOwn(record, user) ? importDraft.nullable().parse(record.draft) : null,
    mapping: record.mapping === null ? null : storedMapping.parse(record.mapping),
    layout: record.layout === null ? null : layoutView(storedLayout.parse(record.layout), found?.top ?? []),
    rejections,
    replaces: await replacementOf(record),
    rejectedBy: inspection && record.status === 'MAPPING' ? await findCorrected(inspection, user) : null,
    amendments: await listAmendments(record.id),
  };
}

async function listAmendments(importId: number): Promise<ImportDetails['amendments']> {
  const review = await db().review.findUnique({ where: { importId }, select: { amendments: true } });
  return shownAmendments.parse(review?.amendments ?? []);
}

const withReplacement: readonly string[] = ['REVIEW', 'COMPLETED', 'UNDONE'];

/** What an import does to a dataset that it replaces, or did. */
async function replacementOf(record: FoundImport): Promise<ImportDetails['replaces']> {
  const counts = replacementCounts(record);
  if (!withReplacement.includes(record.status) || !counts || !record.datasetId) return null;
  const { rejected, rejectedRows } = storedReplacement.parse(record.replaces);
  const columns = await db().column.findMany({
    where: { datasetId: record.datasetId },
    orderBy: { position: 'asc' },
    select: { name: true, slot: true, keyPart: true },
  });
  const filled = new Set(storedMapping.parse(record.mapping ?? []).map(({ slot }) => slot));
  // The dataset may have got columns since it was published.
  const emptied = record.status === 'REVIEW' ? columns.filter(({ slot }) => !filled.has(slot)) : [];
  return {
    ...counts,
    rejected,
    rejectedRows,
    keyed: isKeyed(columns),
    emptied: emptied.map(({ name }) => name),
  };
}

/** The import that came just before it in the order of their dataset: of two at once, the one that was first. */
async function publishedBefore(
  { datasetId, publishedRevision }: { datasetId: string | null; publishedRevision: number | null },
  user: User,
): Promise<ImportDetails['publishedAfter']> {
  if (!datasetId || publishedRevision === null) return null;
  const found = await db().import.findFirst({
    where: { datasetId, publishedRevision: { lt: publishedRevision }, AND: [visibleImports(user)] },
    orderBy: { publishedRevision: 'desc' },
    select: { publicId: true, fileName: true },
  });
  return found && { id: found.publicId, fileName: found.fileName };
}

function layoutView(layout: Layout, top: StoredInspection['top']): LayoutView {
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
