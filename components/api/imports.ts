import type {
  CreatedImport,
  CreateImportInput,
  ImportDetails,
  ImportDraft,
  ImportStatusName,
  ImportView,
  LayoutChoicesInput,
  PublicationInput,
  RejectionView,
  StartImportInput,
} from '@/lib/shared/schema/imports';
import type {
  CausesView,
  CellEdit,
  EditablePage,
  Edited,
  Fix,
  ReplacementInput,
} from '@/lib/shared/schema/review';
import type { Outcome, OutcomePage, Replaced } from '@/lib/shared/schema/rows';
import type { RedoPreview, UndoExtent, UndoPreview } from '@/lib/shared/schema/undo';
import { call, queryOf, throughOutages } from './client';
import { randomKey } from './random-key';

const path = (id: string) => `/api/imports/${encodeURIComponent(id)}`;

/** What the history can be narrowed to. */
export interface ImportFilter {
  status?: ImportStatusName;
  q?: string;
  /** A dataset's id. */
  dataset?: string;
}

export interface ImportPage {
  imports: ImportView[];
  next: string | null;
}

export interface RejectionPage {
  rejections: RejectionView[];
  next: number | null;
}

/**
 * Opens an import and its upload.
 * @param key of this file's being chosen: with the same one no second import is made
 */
export function createImport(input: CreateImportInput, key: string): Promise<CreatedImport> {
  return throughOutages(() => call('POST', '/api/imports', { body: input, key }));
}

/** Opens the upload of a file with corrected rows of an import in review. */
export function createCorrection(
  importId: string,
  input: CreateImportInput,
  key: string,
): Promise<CreatedImport> {
  return throughOutages(() => call('POST', `${path(importId)}/corrections`, { body: input, key }));
}

/** One page of the history, newest first. */
export function listImports(
  filter: ImportFilter,
  before: string | null,
  signal?: AbortSignal,
): Promise<ImportPage> {
  return call('GET', `/api/imports?${queryOf({ ...filter, before })}`, { signal });
}

/** One import with everything that its page shows. */
export function getImport(id: string, signal?: AbortSignal): Promise<ImportDetails> {
  return call('GET', path(id), { signal });
}

/** Reads the head of the file again, this way. */
export function changeLayout(id: string, choices: LayoutChoicesInput): Promise<ImportView> {
  return call('PUT', `${path(id)}/layout`, { body: choices });
}

/** Browsers let no more go out of a page that is left. */
const mostWhenLeaving = 60_000;

/** Keeps what was chosen so far. */
export async function saveDraft(id: string, draft: ImportDraft, leaving = false): Promise<void> {
  const keepalive = leaving && JSON.stringify(draft).length < mostWhenLeaving;
  const save = () => call('PUT', `${path(id)}/draft`, { body: draft, keepalive });
  await (leaving ? save() : throughOutages(save));
}

/** Confirms the columns and queues the import. */
export function startImport(id: string, input: StartImportInput): Promise<ImportView> {
  const key = randomKey();
  return throughOutages(() => call('POST', `${path(id)}/start`, { body: input, key }));
}

/** Stops an import; none of its rows stay. */
export function cancelImport(id: string): Promise<ImportView> {
  return call('POST', `${path(id)}/cancellation`);
}

/** Publishes what waits for its review. */
export function publishImport(id: string, input: PublicationInput = {}): Promise<ImportView> {
  return throughOutages(() => call('POST', `${path(id)}/publication`, { body: input }));
}

/** Brings a file of corrected rows into the import that rejected them. */
export function attachCorrection(id: string): Promise<ImportView> {
  return call('POST', `${path(id)}/attachment`);
}

/** Why rows were rejected, with what would help. */
export function listCauses(id: string, signal?: AbortSignal): Promise<CausesView> {
  return call('GET', `${path(id)}/causes`, { signal });
}

/** Changes how an import in review is read; without fixes, only looks at its rejected rows again. */
export function fixImport(id: string, fixes: Fix[]): Promise<ImportView> {
  return call('POST', `${path(id)}/fixes`, { body: { fixes } });
}

/** Undoes a change that was made in the review; it has to be the last one. */
export function undoFix(id: string, at: string): Promise<ImportView> {
  return call('DELETE', `${path(id)}/fixes/${encodeURIComponent(at)}`);
}

/** Rows to be edited; `from`: how many of them come before. */
export function listEditableRows(
  id: string,
  from: number,
  limit: number,
  signal?: AbortSignal,
): Promise<EditablePage> {
  return call('GET', `${path(id)}/edits?${queryOf({ from, limit })}`, { signal });
}

/** Changes cells of rejected rows. */
export function editCells(id: string, edits: CellEdit[]): Promise<Edited> {
  return call('PUT', `${path(id)}/edits`, { body: { edits } });
}

/** Finds and replaces in one column of the rejected rows. */
export function replaceInColumn(id: string, input: ReplacementInput): Promise<Edited> {
  return call('POST', `${path(id)}/replacements`, { body: input });
}

/** Takes a completed import's rows out of its dataset. */
export function undoImport(id: string, extent: UndoExtent): Promise<ImportView> {
  return call('POST', `${path(id)}/undo`, { body: { extent } });
}

/** What undoing would do. */
export function previewUndo(id: string, signal?: AbortSignal): Promise<UndoPreview> {
  return call('GET', `${path(id)}/undo`, { signal });
}

/** Puts an undone import's rows back. */
export function redoImport(id: string, extent: UndoExtent): Promise<ImportView> {
  return call('POST', `${path(id)}/redo`, { body: { extent } });
}

/** What redoing would do. */
export function previewRedo(id: string, signal?: AbortSignal): Promise<RedoPreview> {
  return call('GET', `${path(id)}/redo`, { signal });
}

/** Rows that met one fate, after a row number, in the order of the file. */
export function listOutcomes(
  id: string,
  outcome: Outcome | Replaced,
  column: string | null,
  after: number | null,
  signal?: AbortSignal,
): Promise<OutcomePage> {
  return call('GET', `${path(id)}/rows?${queryOf({ outcome, limit: 100, column, after })}`, { signal });
}

/** Rejections after this row number, in the order of the file. */
export function listRejections(
  id: string,
  after: number | null,
  signal?: AbortSignal,
): Promise<RejectionPage> {
  return call('GET', `${path(id)}/rejections?${queryOf({ limit: 50, after })}`, { signal });
}

/** Address of a file with all rejections. */
export function rejectionsFileUrl(id: string, format: 'csv' | 'xlsx'): string {
  return `${path(id)}/rejections/file?format=${format}`;
}

/** Address of the receipt as JSON. */
export function receiptUrl(id: string): string {
  return `${path(id)}/receipt`;
}

/** Address that leads to the original file. */
export function sourceUrl(id: string): string {
  return `${path(id)}/source`;
}

/** Deletes an import for good; one that completed has to be undone first. */
export async function deleteImport(id: string): Promise<void> {
  await call('DELETE', path(id));
}
