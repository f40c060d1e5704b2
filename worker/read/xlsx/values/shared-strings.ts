import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { limits } from '@/worker/read/source/types';
import { inflateLimits, openPart } from '@/worker/read/zip/part';
import { utf8, XmlParser } from '../package/xml';
import type { Workbook } from '../workbook';
import { ByteStore, defaultMemory } from './byte-store';
import { StringItemReader } from './string-item';
import { decodeText, isPlain, isStorable, type Markup, UnusualMarkup, visibleText } from './text';

/** What a cell of type `s` is looked up in. */
export interface StringTable {
  readonly count: number;
  /** Of the strings asked for lately, those that PostgreSQL cannot hold: they have NUL or half a character in them. */
  readonly unstorable: ReadonlySet<number>;
  /** The visible text of one string; null where it is far beyond what a cell may hold. */
  get(index: number): string | null;
}

/** Markup of one string: formatting of single characters makes it much longer than its text. */
const maxMarkup = 8 * limits.cellCharacters;

/** Ten columns of a million texts; where each begins takes 40 MB. */
const maxStrings = 10_000_000;

const cacheSlots = 32_768;
const cacheCharacters = 4 * MiB;
const offsetsPerBlock = 65_536;

/** The part is no longer than 2 GiB, so an offset leaves one bit free: for items that are one plain text. */
const plainBit = 2 ** 31;
const offsetBits = plainBit - 1;

/**
 * The shared strings of a workbook (ECMA-376 part 1, 18.4.9): their XML as it is plus where each begins, decoded
 * when a cell asks. A million strings take 4 MB and their bytes, of which 16 MiB stay in memory.
 */
export class SharedStrings implements StringTable {
  count = 0;
  readonly unstorable = new Set<number>();
  private store: ByteStore;
  private starts: Uint32Array[] = [];
  private end = 0;
  private readonly cachedIndex = new Int32Array(cacheSlots).fill(-1);
  private cache: (string | null)[] = [];
  private cached = 0;

  private constructor(memory: number) {
    this.store = new ByteStore(memory);
  }

  /**
   * Loads the strings of a workbook; none where it has no such part. Call `dispose` when done.
   *
   * @param until strings that will be asked for at most: a preview stops there
   * @throws ImportFailure MALFORMED_FILE, INFLATED_TOO_LARGE
   */
  static async load(
    workbook: Workbook,
    until = Number.POSITIVE_INFINITY,
    memory = defaultMemory,
  ): Promise<SharedStrings> {
    const strings = new SharedStrings(memory);
    const { source, directory, strings: part } = workbook;
    if (!part || until === 0) return strings;
    const open = () => utf8(openPart(source, directory, part, inflateLimits.strings));
    try {
      if (!(await strings.scan(open(), until))) {
        strings.clear(memory);
        await strings.parse(open(), until);
      }
    } catch (error) {
      strings.dispose();
      throw error;
    }
    return strings;
  }

  get(index: number): string | null {
    const slot = index % cacheSlots;
    if (this.cachedIndex[slot] === index) return this.cache[slot] ?? null;
    const text = this.decode(index);
    const length = text?.length ?? 0;
    this.cached += length;
    // What is cached and cannot be stored has to be known as such.
    if (this.cached > cacheCharacters || this.unstorable.size >= cacheSlots) {
      this.cachedIndex.fill(-1);
      this.cache = [];
      this.cached = length;
      this.unstorable.clear();
    }
    if (text !== null && !isStorable(text)) this.unstorable.add(index);
    this.cachedIndex[slot] = index;
    this.cache[slot] = text;
    return text;
  }

  dispose(): void {
    this.store.dispose();
    this.starts = [];
    this.cache = [];
    this.cachedIndex.fill(-1);
    this.count = 0;
  }

  private decode(index: number): string | null {
    const entry = this.entry(index);
    const start = entry & offsetBits;
    const end = index + 1 < this.count ? this.entry(index + 1) & offsetBits : this.end;
    if (end - start > maxMarkup) return null;
    if (entry > offsetBits) {
      const inner = this.store.read(start + plainOpen.length, end - plainClose.length);
      if (isPlain(inner)) return inner;
    }
    try {
      return itemText(this.store.read(start, end));
    } catch (error) {
      if (!(error instanceof UnusualMarkup)) throw error;
      return strictItemText(this.store.read(start, end), index);
    }
  }

  private entry(index: number): number {
    return this.starts[Math.floor(index / offsetsPerBlock)]?.[index % offsetsPerBlock] ?? 0;
  }

  private add(start: number): void {
    if (this.count >= maxStrings) {
      throw new ImportFailure(
        'INFLATED_TOO_LARGE',
        `The workbook has more than ${maxStrings.toLocaleString('en')} different texts.`,
      );
    }
    if (this.count % offsetsPerBlock === 0) this.starts.push(new Uint32Array(offsetsPerBlock));
    const block = this.starts.at(-1);
    if (block) block[this.count % offsetsPerBlock] = start;
    this.count++;
  }

  /** Notes that the item added last is one plain text and nothing else. */
  private markPlain(): void {
    const at = (this.count - 1) % offsetsPerBlock;
    const block = this.starts.at(-1);
    if (block) block[at] = (block[at] ?? 0) + plainBit;
  }

  private clear(memory: number): void {
    this.dispose();
    this.store = new ByteStore(memory);
  }

  /**
   * Notes where every `<si` begins. False where the part is not plain (prefixes, comments, CDATA, a DTD) and
   * needs the strict parser.
   */
  private async scan(pieces: AsyncIterable<Buffer>, until: number): Promise<boolean> {
    let tail: Markup | null = null;
    for await (const piece of pieces) {
      if (tail === null && !plainRoot.test(piece.toString('latin1', 0, 200))) return false;
      tail = this.scanPiece(tail ?? '', piece);
      if (tail === null) return false;
      if (this.count > until) return true;
    }
    const last = Math.max(0, this.store.size - 64);
    const close = this.store.read(last, this.store.size).lastIndexOf('</sst>');
    this.end = last + close;
    return close >= 0;
  }

  /** @returns the last characters, to be looked at again with the next piece; null where it is not plain */
  private scanPiece(tail: Markup, bytes: Buffer): Markup | null {
    const base = this.store.size - tail.length;
    const text = tail + bytes.toString('latin1');
    this.store.append(bytes);
    this.end = this.store.size;
    if (text.includes('<!') || (base > 0 && text.includes('<?'))) return null;
    let lastPlain = -1;
    let at = text.indexOf('<si');
    while (at >= 0 && at + 3 < text.length) {
      const code = text.charCodeAt(at + 3);
      if (code !== 0x3e && code !== 0x2f && code !== 0x20) return null;
      if (lastPlain >= 0 && text.startsWith(plainClose, at - plainClose.length)) this.markPlain();
      this.add(base + at);
      lastPlain = text.startsWith(plainOpen, at) ? at : -1;
      at = text.indexOf('<si', at + 4);
    }
    return at >= 0 ? text.slice(at) : text.slice(Math.max(0, text.length - 3));
  }

  /** Reads the part with the strict parser and keeps each text as plain markup. */
  private async parse(pieces: AsyncIterable<Buffer>, until: number): Promise<void> {
    const items = new StringItemReader('si', (text) => {
      this.add(this.store.size);
      this.store.append(Buffer.from(`<si><t>${escaped(text)}</t></si>`));
      this.end = this.store.size;
    });
    const parser = new XmlParser('the list of texts', items);
    for await (const piece of pieces) {
      parser.write(piece);
      if (this.count > until) return;
    }
    parser.end();
  }
}

const plainRoot = /^\s*(<\?xml[^>]*\?>)?\s*<sst[\s>]/;

function itemText(markup: Markup): string {
  const plain = markup.length - plainClose.length;
  if (
    markup.startsWith(plainOpen) &&
    markup.endsWith(plainClose) &&
    markup.indexOf('<', plainOpen.length) === plain
  ) {
    return decodeText(markup.slice(plainOpen.length, plain));
  }
  const open = markup.indexOf('>') + 1;
  if (markup.charCodeAt(open - 2) === 0x2f) return '';
  const close = markup.indexOf('</si>');
  const rest = markup.slice(close + 5).trim();
  if (close < open || (rest !== '' && !rest.startsWith('<extLst'))) throw new UnusualMarkup();
  return visibleText(markup.slice(open, close));
}

const plainOpen = '<si><t>';
const plainClose = '</t></si>';

/** The strict reading of one item that the fast one did not understand. */
function strictItemText(markup: Markup, index: number): string {
  let found = '';
  const reader = new StringItemReader('si', (text) => {
    found = text;
  });
  const parser = new XmlParser(`text ${index + 1} of the list of texts`, reader);
  parser.write(Buffer.from(markup.slice(0, markup.lastIndexOf('>') + 1), 'latin1'));
  parser.end();
  return found;
}

/** Text as markup that the fast reading gives back unchanged. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, (character) => {
      return `_x${character.charCodeAt(0).toString(16).padStart(4, '0')}_`;
    });
}
