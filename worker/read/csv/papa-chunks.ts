import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { papaConfig, type RegularText } from './parse-fast';

/**
 * Papaparse in chunk mode, on streams that we feed: whole, regular records go in, and its `chunk` callback gives their
 * rows. One stream for each way to read, since a file may have quotes or another line end only further on.
 */
export class PapaChunks {
  private readonly streams = new Map<string, PapaStream>();

  /** @returns the rows of a text that is not blank */
  parse(regular: RegularText): Promise<string[][]> {
    const way = `${regular.newline}${regular.quote ?? ''}`;
    let stream = this.streams.get(way);
    if (!stream) {
      stream = new PapaStream(regular);
      this.streams.set(way, stream);
    }
    const { text, newline } = regular;
    // What has no line end yet would wait for the next chunk.
    return stream.parse(text.endsWith(newline) ? text : text + newline);
  }

  /** Lets go of the streams. */
  end(): void {
    for (const stream of this.streams.values()) stream.end();
  }
}

class PapaStream {
  /** Object mode keeps each text the one chunk that it is. */
  private readonly input = new Readable({ objectMode: true, read: () => undefined });
  private waiting: PromiseWithResolvers<string[][]> | undefined;

  constructor(way: RegularText) {
    Papa.parse<string[]>(this.input, {
      ...papaConfig(way),
      chunk: ({ data }) => this.waiting?.resolve(data),
      // Asked for by its types; the streams of one file end together.
      complete: () => undefined,
      error: (error) => this.waiting?.reject(error),
    });
  }

  parse(text: string): Promise<string[][]> {
    this.waiting = Promise.withResolvers();
    this.input.push(text);
    return this.waiting.promise;
  }

  end(): void {
    this.waiting = undefined;
    this.input.destroy();
  }
}
