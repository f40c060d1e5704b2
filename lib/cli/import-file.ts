import { basename, extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  DatasetPage,
  ImportDetails,
  ImportView,
  MappedColumnInput,
  RejectionChoice,
  StartImportInput,
} from '../imports/contract';
import { call, type Server } from './api';
import { uploadFile } from './upload-file';

export interface ImportFileOptions {
  server: Server;
  /** Name or slug of the dataset; a new one of the file's name where absent. */
  dataset?: string;
  /** `infer`: the types that Sluice proposes; `text`: every column text. */
  types: 'infer' | 'text';
  /** Leave the file out if its content was imported before. */
  newOnly: boolean;
  onRejection: RejectionChoice;
  onUpload(bytes: number, of: number): void;
  onProgress(view: ImportView): void;
}

/**
 * Imports one file the whole way: upload, accept what Sluice proposes, wait for the receipt.
 * A date column that could be read both ways stays text: nobody is there to ask.
 */
export async function importFile(path: string, options: ImportFileOptions): Promise<ImportDetails> {
  const { server } = options;
  const { id } = await uploadFile(server, path, options.onUpload);
  const inspected = await waitFor(
    server,
    id,
    ({ status }) => status !== 'UPLOADING' && status !== 'INSPECTING',
  );
  if (inspected.status !== 'MAPPING') return inspected;
  const { sameFile } = inspected;
  if (options.newOnly && sameFile) {
    const cancelled = await call<ImportView>(server, 'POST', `/api/imports/${id}/cancellation`);
    return { ...inspected, ...cancelled, sameFile };
  }
  const input: StartImportInput = {
    dataset: await datasetFor(server, path, options.dataset),
    columns: mappingFor(inspected, options.types),
    onRejection: options.onRejection,
  };
  await call(server, 'POST', `/api/imports/${id}/start`, input);
  return waitFor(
    server,
    id,
    (view) => {
      options.onProgress(view);
      return view.finishedAt !== null || view.status === 'REVIEW';
    },
    100,
  );
}

async function waitFor(
  server: Server,
  id: string,
  done: (view: ImportDetails) => boolean,
  pause = 50,
): Promise<ImportDetails> {
  for (;;) {
    const view = await call<ImportDetails>(server, 'GET', `/api/imports/${id}`);
    if (done(view)) return view;
    await sleep(pause);
  }
}

function mappingFor({ inspection }: ImportDetails, types: 'infer' | 'text'): MappedColumnInput[] {
  return (inspection?.columns ?? []).map(({ index, name, type, dateOrder, decimalSign, ambiguous }) =>
    types === 'text' || ambiguous
      ? { index, name, type: 'TEXT' }
      : { index, name, type, dateOrder: dateOrder ?? undefined, decimalSign: decimalSign ?? undefined },
  );
}

async function datasetFor(
  server: Server,
  path: string,
  wanted: string | undefined,
): Promise<StartImportInput['dataset']> {
  const plain = basename(path).replace(/\.gz$/i, '');
  const name = wanted ?? (basename(plain, extname(plain)) || plain);
  if (wanted === undefined) return { name };
  const query = new URLSearchParams({ named: wanted });
  const { datasets } = await call<DatasetPage>(server, 'GET', `/api/datasets?${query}`);
  const there = datasets.find((d) => d.name === wanted || d.slug === wanted);
  return there ? { id: there.id } : { name };
}
