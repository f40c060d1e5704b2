import { SaxesParser } from 'saxes';
import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';

/**
 * What the parser holds in memory, beyond which it is not a spreadsheet. An element of a million attributes, or a million
 * elements within each other, are 2 MB of zip, and filled the worker's heap.
 */
const most = {
  /** Characters between two of its events, and of the attributes of one element. */
  silence: 8 * MiB,
  /** Attributes of one element: real ones have a dozen, with namespaces two. */
  attributes: 500,
  /** Elements within each other: real ones go ten deep. */
  depth: 100,
};

export type XmlAttributes = Record<string, string>;

/** What is called while XML is parsed. Names come without their prefix. */
export interface XmlHandlers {
  open(name: string, attributes: XmlAttributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Strict XML parsing in pieces, without DTD or entities, for every part that need not be fast.
 * Names lose their prefix and namespaces are not compared: transitional and strict OOXML (ECMA-376 part 1)
 * use different namespaces for the same elements.
 */
export class XmlParser {
  private readonly parser = new SaxesParser({ xmlns: false, position: false });
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private silence = 0;
  private attributes = 0;
  private attributeCharacters = 0;
  private depth = 0;

  /** @param place what is being read, for messages: “the sheet ‘Sales’” */
  constructor(
    private readonly place: string,
    handlers: XmlHandlers,
  ) {
    const { parser } = this;
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('doctype', () => {
      throw new ImportFailure(
        'MALFORMED_FILE',
        `The file is refused: ${place} declares a document type or entities, which no spreadsheet program writes.`,
      );
    });
    parser.on('attribute', ({ name, value }) => {
      this.silence = 0;
      this.attributes++;
      this.attributeCharacters += name.length + value.length;
      if (this.attributes > most.attributes || this.attributeCharacters > most.silence)
        throw this.tooMuch('an element has too many attributes');
    });
    parser.on('opentag', (tag) => {
      this.silence = 0;
      this.attributes = 0;
      this.attributeCharacters = 0;
      this.depth++;
      if (this.depth > most.depth) throw this.tooMuch('elements are nested too deep');
      handlers.open(local(tag.name), tag.attributes);
    });
    parser.on('closetag', (tag) => {
      this.silence = 0;
      this.depth--;
      handlers.close?.(local(tag.name));
    });
    const text = handlers.text?.bind(handlers);
    if (text) {
      parser.on('text', text);
      parser.on('cdata', text);
    }
  }

  /**
   * @param bytes UTF-8
   * @throws ImportFailure MALFORMED_FILE, naming the place
   */
  write(bytes: Uint8Array): void {
    this.guard(() => {
      const text = this.decoder.decode(bytes, { stream: true });
      this.silence += text.length;
      this.parser.write(text);
    });
    if (this.silence > most.silence) {
      throw new ImportFailure('RECORD_TOO_LARGE', `In ${this.place}, one text is longer than 8 MB.`);
    }
  }

  private tooMuch(what: string): ImportFailure {
    return new ImportFailure('MALFORMED_FILE', `The file is refused: in ${this.place}, ${what}.`);
  }

  end(): void {
    this.guard(() => {
      this.parser.write(this.decoder.decode());
      this.parser.close();
    });
  }

  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof ImportFailure) throw error;
      throw new ImportFailure('MALFORMED_FILE', `The file is damaged: ${this.place} cannot be read.`, {
        cause: error,
      });
    }
  }
}

/** Parses a whole part. */
export async function parseXml(
  bytes: AsyncIterable<Buffer>,
  place: string,
  handlers: XmlHandlers,
): Promise<void> {
  const parser = new XmlParser(place, handlers);
  for await (const piece of utf8(bytes)) parser.write(piece);
  parser.end();
}

/**
 * Makes UTF-8 of XML in any encoding that it says it is in (XML 1.0, 4.3.3; OPC allows UTF-8 and UTF-16).
 * The byte order mark is dropped. UTF-8 passes through untouched.
 */
export async function* utf8(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: TextDecoder | null = null;
  for await (const piece of bytes) {
    if (!head) {
      yield decoder ? decodeOrFail(decoder, piece) : piece;
      continue;
    }
    head = head.length === 0 ? piece : Buffer.concat([head, piece]);
    if (head.length < declarationLength) continue;
    decoder = decoderFor(head);
    yield decoder ? decodeOrFail(decoder, head) : withoutMark(head);
    head = null;
  }
  if (!head) return;
  decoder = decoderFor(head);
  yield decoder ? decodeOrFail(decoder, head) : withoutMark(head);
}

/** Bytes in which a byte order mark and an XML declaration have room. */
const declarationLength = 200;

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function decodeOrFail(decoder: TextDecoder, piece: Buffer): Buffer {
  try {
    return Buffer.from(decoder.decode(piece, { stream: true }));
  } catch (error) {
    throw new ImportFailure('MALFORMED_FILE', 'The file is damaged: its text cannot be decoded.', {
      cause: error,
    });
  }
}

/** The decoder that the first piece of an XML part asks for; null for UTF-8. */
function decoderFor(piece: Buffer): TextDecoder | null {
  const [first, second] = piece;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return new TextDecoder('utf-16le', { fatal: true });
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
    return new TextDecoder('utf-16be', { fatal: true });
  }
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(
    piece.toString('latin1', 0, declarationLength),
  )?.[1];
  if (!declared || /^(utf-?8|us-ascii)$/i.test(declared)) return null;
  try {
    return new TextDecoder(declared, { fatal: true });
  } catch (error) {
    throw new ImportFailure(
      'MALFORMED_FILE',
      `The file is damaged: it names an unknown encoding (${declared}).`,
      {
        cause: error,
      },
    );
  }
}

/** The value of an attribute by its name without prefix: `id` finds `r:id`. */
export function prefixed(attributes: XmlAttributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((candidate) => candidate.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
