// Version 5 of @uppy/aws-s3: version 6 uploads the parts of one file one after another.

import AwsS3 from '@uppy/aws-s3';
import Uppy, { type UppyFile } from '@uppy/core';
import type { UploadWay } from '@/lib/shared/schema/file/upload';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { PartAddresses } from './part-addresses';
import { putBytes } from './put-bytes';
import {
  completeUpload,
  getUploadState,
  type SingleAddress,
  storedParts,
  type UploadTarget,
} from './upload-state';

type Meta = { target: string; relativePath: string };
type Body = Record<string, never>;
type TransferFile = UppyFile<Meta, Body>;

export interface TransferListener {
  onProgress: (id: string, bytesSent: number) => void;
  onFinished: (id: string, view: ImportView | null) => void;
  onError: (id: string, error: Error) => void;
}

/** Id of an upload: that of its import, or of its file of corrected rows. */
export const idOf = ({ importId, correctionId }: UploadTarget): string => correctionId ?? importId;

interface Transfer {
  target: UploadTarget;
  fileId: string;
  file: File;
  /** The first address of a single PUT; later ones are asked for. */
  address: SingleAddress | null;
  multipart: { partSize: number; addresses: PartAddresses } | null;
  /** Numbers of the parts that are in the store, as far as this tab knows. */
  stored: Set<number>;
  /** All bytes of a single PUT are in the store: only the completion is missing. */
  sent: boolean;
  /** Response of the completion; undefined before. */
  finished: ImportView | null | undefined;
}

/** Moves files from the browser to the store: the one place that knows Uppy. Files are named by {@link idOf}. */
export class Transfers {
  private readonly uppy = new Uppy<Meta, Body>({ id: 'sluice', autoProceed: false });
  private readonly transfers = new Map<string, Transfer>();

  constructor(private readonly listener: TransferListener) {
    this.uppy.use(AwsS3<Meta, Body>, {
      // Browsers open six connections to a host; one stays free for signing where store and server are one.
      limit: 5,
      retryDelays: [0, 1_000, 3_000, 8_000, 20_000],
      shouldUseMultipart: (file: TransferFile) => this.of(file).multipart !== null,
      getChunkSize: (data: { size: number }) => this.partSizeOf(data),
      uploadPartBytes: putBytes,
      getUploadParameters: async (file: TransferFile) => ({
        method: 'PUT' as const,
        ...(await this.address(file)),
      }),
      createMultipartUpload: (file: TransferFile) => uploadName(file.meta.target),
      listParts: async (file: TransferFile) => {
        const { stored, target } = this.of(file);
        for (const partNumber of await storedParts(target)) stored.add(partNumber);
        // The server asks the store for the ETags.
        return [...stored].map((partNumber) => ({ PartNumber: partNumber, ETag: '' }));
      },
      signPart: async (file: TransferFile, { partNumber }: { partNumber: number }) => {
        const { multipart } = this.of(file);
        if (!multipart) throw new Error('This upload has no parts.');
        return { method: 'PUT' as const, url: await multipart.addresses.take(partNumber) };
      },
      // Parts stay in the store, so that the upload can go on after them. Cancelling is the server's to do.
      abortMultipartUpload: () => undefined,
      completeMultipartUpload: async (file) => {
        const transfer = this.of(file);
        transfer.finished = await completeUpload(transfer.target);
        return {};
      },
    });
    this.uppy.on('upload-progress', (file, progress) => {
      if (file) listener.onProgress(file.meta.target, progress.bytesUploaded);
    });
    this.uppy.on('s3-multipart:part-uploaded', (file, { PartNumber }) => {
      this.of(file).stored.add(PartNumber);
    });
    this.uppy.on('upload-error', (file, error) => {
      if (file) listener.onError(file.meta.target, error);
    });
    this.uppy.on('upload-success', (file) => {
      if (file) void this.finish(file.meta.target);
    });
  }

  /** Starts or resumes sending a file. */
  start(target: UploadTarget, file: File, upload: UploadWay): void {
    const id = idOf(target);
    const fileId = this.uppy.addFile({
      name: file.name,
      type: file.type,
      data: file,
      // Part of Uppy's file id: the same file may be imported twice at a time.
      meta: { target: id, relativePath: id },
    });
    const stored = new Set<number>();
    const multipart =
      upload.kind === 'single'
        ? null
        : {
            partSize: upload.partSize,
            addresses: new PartAddresses(target, upload.partCount, (n) => stored.has(n)),
          };
    const address = upload.kind === 'single' ? upload : null;
    this.transfers.set(id, {
      target,
      fileId,
      file,
      address,
      multipart,
      stored,
      sent: false,
      finished: undefined,
    });
    if (multipart) this.uppy.setFileState(fileId, underWay(id));
    void this.uppy.upload().catch(() => undefined);
  }

  /** Pauses, or goes on. */
  setPaused(id: string, paused: boolean): void {
    const transfer = this.transfers.get(id);
    if (!transfer) return;
    if (Boolean(this.uppy.getFile(transfer.fileId).isPaused) !== paused)
      this.uppy.pauseResume(transfer.fileId);
  }

  /** Tries again after an error, from what is stored. */
  restart(id: string): void {
    const transfer = this.transfers.get(id);
    if (!transfer) return;
    if (transfer.sent) return void this.finish(id);
    if (transfer.multipart) this.uppy.setFileState(transfer.fileId, underWay(id));
    void this.uppy.retryUpload(transfer.fileId).catch(() => undefined);
  }

  /** Stops sending and forgets the file. */
  stop(id: string): void {
    const transfer = this.transfers.get(id);
    if (!transfer) return;
    this.uppy.removeFile(transfer.fileId);
    this.transfers.delete(id);
  }

  private async finish(id: string): Promise<void> {
    const transfer = this.transfers.get(id);
    if (!transfer) return;
    transfer.sent = true;
    try {
      const { finished, target } = transfer;
      const view = finished === undefined ? await completeUpload(target) : finished;
      this.stop(id);
      this.listener.onFinished(id, view);
    } catch (error) {
      this.listener.onError(id, error instanceof Error ? error : new Error(String(error)));
    }
  }

  private of(file: TransferFile): Transfer {
    const transfer = this.transfers.get(file.meta.target);
    if (!transfer) throw new Error('This upload was stopped.');
    return transfer;
  }

  private partSizeOf(data: { size: number }): number {
    for (const transfer of this.transfers.values()) {
      if (transfer.file === data && transfer.multipart) return transfer.multipart.partSize;
    }
    return data.size;
  }

  private async address(file: TransferFile): Promise<SingleAddress> {
    const transfer = this.of(file);
    const first = transfer.address;
    transfer.address = null;
    if (first) return { url: first.url, headers: first.headers };
    const state = await getUploadState(transfer.target);
    if (state.kind !== 'single') throw new Error('The server expects this file in parts.');
    return { url: state.url, headers: state.headers };
  }
}

/** The server knows an upload by what it is of; the store's own names never reach the browser. */
function uploadName(id: string): { uploadId: string; key: string } {
  return { uploadId: id, key: id };
}

/** Uppy's own note that an upload was begun before: it then asks for the stored parts first. */
function underWay(id: string): Partial<TransferFile> & { s3Multipart: { uploadId: string; key: string } } {
  return { s3Multipart: uploadName(id) };
}
