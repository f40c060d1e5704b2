import { dosDecoder } from '@/lib/shared/csv/encoding/dos';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { decodeUtf8, incompleteTail, utf8Size } from './utf8';

/**
 * Turns chunks of bytes into text. What cannot be decoded becomes a lone surrogate, never U+FFFD, so that the
 * row it stands in can be told from one that merely contains that character.
 */
export interface Decoding {
  /** Text of the next chunk; characters split between chunks are held back. */
  write(bytes: Uint8Array): string;
  /** What is left when no chunk follows. */
  end(): string;
  /** Bytes in the file that became this text; null where that cannot be told. */
  sizeOf(text: string): number | null;
}

const undecodable = '\uDFFF';
const multiByte = /^(shift_jis|gbk|gb18030|big5|euc-jp|euc-kr|iso-2022-jp)$/;

/**
 * @param encoding WHATWG label
 * @throws ImportFailure UNKNOWN_ENCODING for a label that nothing here decodes
 */
export function decoding(encoding: string): Decoding {
  switch (encoding) {
    case 'utf-8':
      return utf8();
    case 'utf-16le':
      return utf16(false);
    case 'utf-16be':
      return utf16(true);
    default: {
      const dos = dosDecoder(encoding);
      return dos ? { write: dos, end: () => '', sizeOf: (text) => text.length } : legacy(encoding);
    }
  }
}

function utf8(): Decoding {
  let held = Buffer.alloc(0);
  return {
    write(bytes) {
      const all = held.length > 0 ? Buffer.concat([held, bytes]) : view(bytes);
      const tail = incompleteTail(all);
      // Copied, because the chunk's memory belongs to whoever read it.
      held = tail > 0 ? Buffer.from(all.subarray(all.length - tail)) : Buffer.alloc(0);
      return decodeUtf8(tail > 0 ? all.subarray(0, all.length - tail) : all);
    },
    end: () => decodeUtf8(held),
    sizeOf: utf8Size,
  };
}

function utf16(bigEndian: boolean): Decoding {
  let held = Buffer.alloc(0);
  return {
    write(bytes) {
      const all = Buffer.concat([held, bytes]);
      const whole = all.length - (all.length % 2);
      held = Buffer.from(all.subarray(whole));
      const body = all.subarray(0, whole);
      if (bigEndian) body.swap16();
      // A surrogate pair split between chunks joins again in the text, so nothing is held back for it.
      return body.toString('utf16le');
    },
    end: () => (held.length > 0 ? undecodable : ''),
    sizeOf: (text) => text.length * 2,
  };
}

function legacy(encoding: string): Decoding {
  const decoder = textDecoder(encoding);
  const clean = (text: string) => (text.includes('\uFFFD') ? text.replaceAll('\uFFFD', undecodable) : text);
  return {
    write: (bytes) => clean(decoder.decode(bytes, { stream: true })),
    end: () => clean(decoder.decode()),
    sizeOf: multiByte.test(decoder.encoding) ? () => null : (text) => text.length,
  };
}

function textDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true });
  } catch (cause) {
    throw new ImportFailure('UNKNOWN_ENCODING', `The character encoding “${encoding}” is not known.`, {
      cause,
    });
  }
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
