import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MiB } from '@/lib/shared/bytes';
import { Refusal } from './refusal';

export interface StoredFile {
  file: FileHandle;
  size: number;
  /** MD5 of the content in hex. */
  md5: string;
  storedAt: Date;
}

export interface StoredPart {
  partNumber: number;
  size: number;
  md5: string;
  storedAt: Date;
}

/** Sluice gives uploads up after a day; those that it never heard of are dropped after a week. */
const keptUploadMs = 7 * 24 * 3600 * 1000;

/** Where the bytes of a body come from. */
export type Bytes = AsyncIterable<Uint8Array>;

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/**
 * The objects of one bucket as files. An object is `KEY._S3rver_object` with its MD5 beside it, and an upload a
 * folder under `._S3rver_uploads`: as the package wrote them that was the store here before, so that a folder of an
 * earlier Sluice is simply gone on with. What is written appears whole or not at all.
 */
export class ObjectFiles {
  private readonly uploads: string;
  /** One change of a key at a time: its object and its MD5 are two files. */
  private readonly changing = new Map<string, Promise<unknown>>();

  /** @param folder of the bucket */
  constructor(private readonly folder: string) {
    this.uploads = join(folder, '._S3rver_uploads');
  }

  /** Makes what has to be there. */
  async open(): Promise<void> {
    await mkdir(this.uploads, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.uploads)) {
      const path = join(this.uploads, name);
      // A body that a crash cut off, or an upload that nobody goes on with.
      const isOld = (await stat(path)).mtimeMs < Date.now() - keptUploadMs;
      if (name.startsWith('incoming-') || isOld) await rm(path, { recursive: true, force: true });
    }
  }

  /** An object opened for reading, or null when there is none. The caller closes it. */
  async get(key: string): Promise<StoredFile | null> {
    const path = this.pathOf(key);
    for (;;) {
      const before = await this.readMd5(path);
      const file = await open(path).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      });
      if (!file) return null;
      try {
        const { size, mtime } = await file.stat();
        // Without a note, which a crash between two files may leave, the content says what its MD5 is.
        const md5 = before ?? (await md5Of(file));
        if (before === (await this.readMd5(path))) return { file, size, md5, storedAt: mtime };
      } catch (error) {
        await file.close();
        throw error;
      }
      // It was replaced in this moment.
      await file.close();
    }
  }

  /**
   * Stores an object.
   * @param options.onlyNew refuses to replace one that is there
   * @param options.sha256 what the bytes have to be
   * @returns MD5 in hex
   */
  async put(
    key: string,
    bytes: Bytes,
    options: { onlyNew: boolean; sha256: string | null },
  ): Promise<string> {
    const incoming = await this.receive(bytes, options.sha256);
    try {
      await this.place(incoming.path, incoming.md5, key, options.onlyNew);
      return incoming.md5;
    } finally {
      await rm(incoming.path, { force: true });
    }
  }

  /** Removes an object; harmless when there is none. */
  async delete(key: string): Promise<void> {
    const path = this.pathOf(key);
    await this.alone(key, async () => {
      for (const suffix of ['', '.md5']) await rm(`${path}${suffix}`, { force: true });
      await rm(metadataOf(path), { force: true });
    });
    // Folders that are empty now; one that is not, or that somebody just put something into, stays.
    for (let at = dirname(path); at.length > this.folder.length; at = dirname(at)) {
      const removed = await rmdir(at).then(
        () => true,
        () => false,
      );
      if (!removed) return;
    }
  }

  /** Opens an upload of parts. @returns its id */
  async openUpload(key: string): Promise<string> {
    const id = randomBytes(16).toString('hex');
    const folder = join(this.uploads, id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, 'key'), key, { mode: 0o600 });
    return id;
  }

  /** Stores a part, in place of one of the same number. @returns MD5 in hex */
  async putPart(
    key: string,
    id: string,
    partNumber: number,
    bytes: Bytes,
    sha256: string | null,
  ): Promise<string> {
    const folder = await this.uploadOf(key, id);
    const path = join(folder, String(partNumber));
    const incoming = await this.receive(bytes, sha256);
    try {
      await this.alone(path, () => this.replace(incoming.path, incoming.md5, path));
    } catch (error) {
      await rm(incoming.path, { force: true });
      // The upload was given up meanwhile.
      if (isMissing(error)) await this.uploadOf(key, id);
      throw error;
    }
    return incoming.md5;
  }

  /** The parts of an upload in order. */
  async listParts(key: string, id: string): Promise<StoredPart[]> {
    const folder = await this.uploadOf(key, id);
    const names = (await readdir(folder)).filter((name) => /^\d+$/.test(name));
    const parts = names.map(async (name) => {
      const md5 = await this.readMd5(join(folder, name));
      const { size, mtime } = await stat(join(folder, name));
      return md5 === null ? [] : [{ partNumber: Number(name), size, md5, storedAt: mtime }];
    });
    return (await Promise.all(parts)).flat().sort((a, b) => a.partNumber - b.partNumber);
  }

  /**
   * Puts parts together to an object, in the order of their numbers.
   * @returns MD5 of the whole in hex
   */
  async finishUpload(
    key: string,
    id: string,
    wanted: { partNumber: number; md5: string }[],
    onlyNew: boolean,
  ): Promise<string> {
    const folder = await this.uploadOf(key, id);
    const stored = new Map((await this.listParts(key, id)).map(({ partNumber, md5 }) => [partNumber, md5]));
    let last = 0;
    for (const { partNumber, md5 } of wanted) {
      if (partNumber <= last) throw new Refusal(400, 'InvalidPartOrder', 'The parts are not in order.');
      if (stored.get(partNumber) !== md5)
        throw new Refusal(400, 'InvalidPart', `Part ${partNumber} is missing or another one.`);
      last = partNumber;
    }
    if (last === 0) throw new Refusal(400, 'MalformedXML', 'There are no parts.');
    async function* whole() {
      for (const { partNumber } of wanted) yield* createReadStream(join(folder, String(partNumber)));
    }
    const md5 = await this.put(key, whole(), { onlyNew, sha256: null });
    await rm(folder, { recursive: true, force: true });
    return md5;
  }

  /** Drops an upload and its parts. */
  async abortUpload(key: string, id: string): Promise<void> {
    await rm(await this.uploadOf(key, id), { recursive: true, force: true });
  }

  private pathOf(key: string): string {
    return join(this.folder, `${key}._S3rver_object`);
  }

  /** @throws Refusal when there is no such upload of this key */
  private async uploadOf(key: string, id: string): Promise<string> {
    const folder = join(this.uploads, id);
    const its = await readFile(join(folder, 'key'), 'utf8').catch(() => null);
    if (its !== key) throw new Refusal(404, 'NoSuchUpload', 'The upload is not there any more.');
    return folder;
  }

  private async readMd5(path: string): Promise<string | null> {
    const text = await readFile(`${path}.md5`, 'utf8').catch(() => '');
    return /^[0-9a-f]{32}$/.test(text) ? text : null;
  }

  /** Writes a body to a file of its own. */
  private async receive(bytes: Bytes, sha256: string | null): Promise<{ path: string; md5: string }> {
    const path = join(this.uploads, `incoming-${randomBytes(16).toString('hex')}`);
    const [md5, sha] = [createHash('md5'), createHash('sha256')];
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        for await (const piece of bytes) {
          md5.update(piece);
          if (sha256 !== null) sha.update(piece);
          for (let done = 0; done < piece.length; ) {
            done += (await file.write(piece, done)).bytesWritten;
          }
        }
      } finally {
        await file.close();
      }
      if (sha256 !== null && sha.digest('hex') !== sha256)
        throw new Refusal(400, 'XAmzContentSHA256Mismatch', 'The body is not the one that was signed.');
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { path, md5: md5.digest('hex') };
  }

  private async place(from: string, md5: string, key: string, onlyNew: boolean): Promise<void> {
    const path = this.pathOf(key);
    await this.alone(key, async () => {
      // A folder that was just found empty may be removed between the two.
      for (let tries = 0; ; tries++) {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        try {
          if (onlyNew) {
            await link(from, path);
            await rm(metadataOf(path), { force: true });
            await writeFile(`${path}.md5`, md5, { mode: 0o600 });
          } else await this.replace(from, md5, path);
          return;
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
            throw new Refusal(412, 'PreconditionFailed', 'There is an object of this name.');
          if (!isMissing(error) || tries === 5) throw error;
        }
      }
    });
  }

  /** The old note goes first: whatever is cut off, no content stands beside the MD5 of another. */
  private async replace(from: string, md5: string, path: string): Promise<void> {
    await stat(dirname(path));
    await writeFile(`${from}.md5`, md5, { mode: 0o600 });
    try {
      await rm(`${path}.md5`, { force: true });
      await rename(from, path);
      await rename(`${from}.md5`, `${path}.md5`);
    } finally {
      await rm(`${from}.md5`, { force: true });
    }
  }

  private async alone<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.changing.get(key);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    this.changing.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.changing.get(key) === mine) this.changing.delete(key);
    }
  }
}

/** The package that was the store here before kept what it knew of an object in a third file. */
const metadataOf = (path: string) => path.replace(/_object$/, '_metadata.json');

async function md5Of(file: FileHandle): Promise<string> {
  const hash = createHash('md5');
  const piece = Buffer.alloc(MiB);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(piece.subarray(0, bytesRead));
    at += bytesRead;
  }
}
