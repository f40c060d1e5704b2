import { basename, extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { slugOf } from '@/lib/server/datasets/slug';
import { messageOf } from '@/lib/server/platform/errors';
import { ApiError } from '@/lib/shared/api/api-error';
import { readingNotes } from '@/lib/shared/csv/encoding/warnings';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { LayoutChoicesInput } from '@/lib/shared/schema/file/layout';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { ImportModeName, RejectionChoice, StartImportInput } from '@/lib/shared/schema/import/start';
import { apiOf, type Server } from '../api/api';
import { type ColumnChoices, chooseColumns } from './choose-columns';
import { findNamed } from './choose-dataset';
import { layoutNotes } from './layout-options';
import { uploadFile } from './upload-file';

export interface ImportFileOptions extends ColumnChoices {
  server: Server;
  /** Name, slug or id of the dataset; a new one of the file's name where absent. */
  dataset?: string;
  /** What the person said of the file's layout. */
  layout: LayoutChoicesInput;
  /** Names of the columns that make the key of a new dataset. */
  key: string[];
  mode?: ImportModeName;
  /** Fill rows with too few cells up with empty ones, instead of rejecting them. */
  fillShortRows: boolean;
  /** Leave the file out if its content was imported before. */
  newOnly: boolean;
  onRejection: RejectionChoice;
  onUpload(bytes: number, of: number): void;
  onProgress(view: ImportView): void;
}

/** An import that the command line made, with everything about its file that a person should know. */
export type ImportedFile = ImportDetails & { warnings: string[] };

/**
 * Imports one file the whole way: upload, accept what Sluice proposes, wait for the receipt.
 * A column that could be read both ways, and of which nothing was said, stays text: nobody is there to ask.
 */
export async function importFile(path: string, options: ImportFileOptions): Promise<ImportedFile> {
  const { server } = options;
  const { id } = await uploadFile(server, path, options.onUpload, async (created) => {
    // Said before the file is read, so that it is read once.
    if (Object.keys(options.layout).length > 0) {
      await apiOf(server).put('/imports/{id}/layout', {
        params: { path: { id: created } },
        body: options.layout,
      });
    }
  });
  try {
    return await goOn(id, path, options);
  } catch (error) {
    // One that cannot be reached has no page to go on with.
    if (error instanceof ApiError && error.status === 0) throw error;
    throw new Refused(
      id,
      `${messageOf(error)} The file is uploaded: go on at ${server.url}/imports/${id}, or cancel it there.`,
    );
  }
}

/** An import that was refused after its file was uploaded; it waits to be gone on with. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly importId: string,
    message: string,
  ) {
    super(message);
  }
}

/** From the uploaded file to the receipt. */
async function goOn(id: string, path: string, options: ImportFileOptions): Promise<ImportedFile> {
  const { server } = options;
  const inspected = await waitFor(
    server,
    id,
    ({ status }) => status !== 'UPLOADING' && status !== 'INSPECTING',
  );
  const { warnings: read = [], leftOut = [], encodings = [] } = inspected.inspection ?? {};
  const warnings = [
    ...readingNotes(encodings, options.layout.encoding ?? null),
    ...layoutNotes(options.layout, inspected.inspection?.columns ?? []),
    ...read.map((warning) =>
      warning.replace(preview, 'if accents come out wrong, say the right one with --encoding.'),
    ),
    ...leftOut.map(({ says }) => says),
  ];
  if (inspected.status !== 'MAPPING' || !inspected.inspection) return { ...inspected, warnings };
  const { sameFile } = inspected;
  if (options.newOnly && sameFile) {
    const cancelled = await apiOf(server).post('/imports/{id}/cancellation', { params: { path: { id } } });
    return { ...inspected, ...cancelled, sameFile, warnings };
  }
  if (inspected.inspection.columns.length === 0) throw new Error(layoutNotes(options.layout, [])[0]);
  const chosen = chooseColumns(inspected.inspection, options);
  warnings.push(...chosen.warnings);
  const { dataset, namesake } = await datasetFor(server, path, options.dataset);
  const input: StartImportInput = {
    dataset,
    columns: chosen.columns,
    shortRows: options.fillShortRows ? 'pad' : 'reject',
    onRejection: options.onRejection,
    ...(options.key.length > 0 ? { key: options.key } : {}),
    ...(options.mode ? { mode: options.mode } : {}),
  };
  await start(server, id, input);
  const done = await waitFor(
    server,
    id,
    (view) => {
      options.onProgress(view);
      return view.finishedAt !== null || view.status === 'REVIEW';
    },
    100,
  );
  // The end of a very large packed file is looked at only now.
  const found = (done.inspection?.leftOut ?? []).map(({ says }) => says);
  warnings.push(...found.filter((says) => !warnings.includes(says)));
  if (namesake && done.status === 'COMPLETED')
    warnings.push(
      `There was a dataset “${namesake.name}” before. These rows are in a new one. To import into the other, use --dataset ${namesake.slug === done.dataset?.name ? namesake.id : namesake.slug}.`,
    );
  if ('name' in dataset && options.dataset !== undefined) warnings.push(...numberedNote(dataset.name, done));
  return { ...done, warnings };
}

/** Said where another import was making a dataset of that name, which could not be seen yet. */
function numberedNote(name: string, { dataset }: ImportDetails): string[] {
  const slug = dataset?.slug ?? '';
  const plain = slug.replace(/_\d+$/, '');
  if (plain === slug || plain !== slugOf(name)) return [];
  return [
    `There is another dataset for the name “${name}”, which could not be seen yet when this import began: an import into it was under way. These rows are in a new one, ${slug}. To have them together, undo this import and start it again once the other is published.`,
  ];
}

/** @throws ApiError in words of the command line */
async function start(server: Server, id: string, input: StartImportInput): Promise<void> {
  try {
    await apiOf(server).post('/imports/{id}/start', { params: { path: { id } }, body: input });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const matched = /match a column of the file with (.*)\.$/;
    const named = 'the file has no column that is called $1. Rename one in the file, or match it by hand.';
    throw new ApiError(error.code, error.status, error.message.replace(matched, named));
  }
}

/** What a page says, where there is something to look at. */
const preview = 'check the accents in the preview.';

async function waitFor(
  server: Server,
  id: string,
  done: (view: ImportDetails) => boolean,
  pause = 50,
): Promise<ImportDetails> {
  for (;;) {
    const view = await apiOf(server).get('/imports/{id}', { params: { path: { id } } });
    if (done(view)) return view;
    await sleep(pause);
  }
}

/** The dataset that the rows go to, and one of the same name, of which whoever named none should know. */
async function datasetFor(
  server: Server,
  path: string,
  wanted: string | undefined,
): Promise<{ dataset: StartImportInput['dataset']; namesake?: DatasetView | undefined }> {
  const plain = basename(path).replace(/\.gz$/i, '');
  const name = wanted ?? (basename(plain, extname(plain)) || plain);
  if (wanted !== undefined) {
    const there = await findNamed(server, wanted);
    return { dataset: there ? { id: there.id } : { name } };
  }
  const { datasets } = await apiOf(server).get('/datasets', { params: { query: { named: name } } });
  return { dataset: { name }, namesake: datasets[0] };
}
