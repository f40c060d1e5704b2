// Version 5 of @uppy/aws-s3: version 6 uploads the parts of one file one after another.
import AwsS3 from '@uppy/aws-s3';
import Uppy, { type UppyFile } from '@uppy/core';
import { completeUpload, getUploadState, type SingleAddress, storedParts } from '@/components/api/uploads';
import type { CreatedImport, ImportView } from '@/lib/shared/schema/imports';
import { PartAddresses } from './part-addresses';
import { putBytes } from './put-bytes';

type Meta = { importId: string; relativePath: string };
type Body = Record<string, never>;
type TransferFile = UppyFile<Meta, Body>;

export interface TransferListener {
  onProgress: (importId: string, bytesSent: number) => void;
  onFinished: (importId: string, view: ImportView) => void;
  onError: (importId: string, error: Error) => void;
}

interface Transfer {
  fileId: string;
  file: File;
  /** The first address of a single PUT; later ones are asked for. */
  address: SingleAddress | null;
  multipart: { partSize: number; addresses: PartAddresses } | null;
  /** Numbers of the parts that are in the store, as far as this tab knows. */
  stored: Set<number>;
  /** All bytes of a single PUT are in the store: only the completion is missing. */
  sent: boolean;
  finished: ImportView | null;
}

/** Moves files from the browser to the store: the one place that knows Uppy. Files are named by import id. */
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
      createMultipartUpload: (file: TransferFile) => uploadName(file.meta.importId),
      listParts: async (file: TransferFile) => {
        const { stored } = this.of(file);
        for (const partNumber of await storedParts(file.meta.importId)) stored.add(partNumber);
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
        this.of(file).finished = await completeUpload(file.meta.importId);
        return {};
      },
    });
    this.uppy.on('upload-progress', (file, progress) => {
      if (file) listener.onProgress(file.meta.importId, progress.bytesUploaded);
    });
    this.uppy.on('s3-multipart:part-uploaded', (file, { PartNumber }) => {
      this.of(file).stored.add(PartNumber);
    });
    this.uppy.on('upload-error', (file, error) => {
      if (file) listener.onError(file.meta.importId, error);
    });
    this.uppy.on('upload-success', (file) => {
      if (file) void this.finish(file.meta.importId);
    });
  }

  /** Begins, or goes on with, sending a file. */
  start(importId: string, file: File, upload: CreatedImport['upload']): void {
    const fileId = this.uppy.addFile({
      name: file.name,
      type: file.type,
      data: file,
      // Part of Uppy's file id: the same file may be imported twice at a time.
      meta: { importId, relativePath: importId },
    });
    const stored = new Set<number>();
    const multipart =
      upload.kind === 'single'
        ? null
        : {
            partSize: upload.partSize,
            addresses: new PartAddresses(importId, upload.partCount, (n) => stored.has(n)),
          };
    const address = upload.kind === 'single' ? upload : null;
    this.transfers.set(importId, { fileId, file, address, multipart, stored, sent: false, finished: null });
    if (multipart) this.uppy.setFileState(fileId, underWay(importId));
    void this.uppy.upload().catch(() => undefined);
  }

  /** Pauses, or goes on. */
  setPaused(importId: string, paused: boolean): void {
    const transfer = this.transfers.get(importId);
    if (!transfer) return;
    if (Boolean(this.uppy.getFile(transfer.fileId).isPaused) !== paused)
      this.uppy.pauseResume(transfer.fileId);
  }

  /** Tries again after an error, from what is stored. */
  restart(importId: string): void {
    const transfer = this.transfers.get(importId);
    if (!transfer) return;
    if (transfer.sent) return void this.finish(importId);
    if (transfer.multipart) this.uppy.setFileState(transfer.fileId, underWay(importId));
    void this.uppy.retryUpload(transfer.fileId).catch(() => undefined);
  }

  /** Stops sending and forgets the file. */
  stop(importId: string): void {
    const transfer = this.transfers.get(importId);
    if (!transfer) return;
    this.uppy.removeFile(transfer.fileId);
    this.transfers.delete(importId);
  }

  private async finish(importId: string): Promise<void> {
    const transfer = this.transfers.get(importId);
    if (!transfer) return;
    transfer.sent = true;
    try {
      const view = transfer.finished ?? (await completeUpload(importId));
      this.stop(importId);
      this.listener.onFinished(importId, view);
    } catch (error) {
      this.listener.onError(importId, error instanceof Error ? error : new Error(String(error)));
    }
  }

  private of(file: TransferFile): Transfer {
    const transfer = this.transfers.get(file.meta.importId);
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
    const state = await getUploadState(file.meta.importId);
    if (state.kind !== 'single') throw new Error('The server expects this file in parts.');
    return { url: state.url, headers: state.headers };
  }
}

/** The server knows an upload by its import; the store's own names never reach the browser. */
function uploadName(importId: string): { uploadId: string; key: string } {
  return { uploadId: importId, key: importId };
}

/** Uppy's own note that an upload was begun before: it then asks for the stored parts first. */
function underWay(
  importId: string,
): Partial<TransferFile> & { s3Multipart: { uploadId: string; key: string } } {
  return { s3Multipart: uploadName(importId) };
}
