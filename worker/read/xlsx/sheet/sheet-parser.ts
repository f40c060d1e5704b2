import { KiB } from '@/lib/shared/bytes';
import type { CellSink } from './cell-sink';
import { SaxSheet } from './sax-sheet';
import { SheetScanner } from './scan-sheet';

/** Strict parsing goes in slices, so that the sink is asked often enough whether it is full. */
const sliceSize = 8 * KiB;

/** Parses one sheet: by the scanner as long as that understands it, by the strict parser from there on. */
export class SheetParser {
  /** True when all rows were read. */
  done = false;
  private readonly scanner: SheetScanner;
  private sax: SaxSheet | null = null;
  private pending: Buffer[] = [];

  constructor(
    private readonly sink: CellSink,
    private readonly sheet: string,
  ) {
    this.scanner = new SheetScanner(sink);
  }

  /** @param bytes the next UTF-8 bytes of the sheet, cut anywhere */
  feed(bytes: Buffer): void {
    if (this.done) return;
    if (this.sax) this.pending.push(bytes);
    else this.scanner.feed(bytes.toString('latin1'));
  }

  /** Goes on until all that was fed is read, or the sink is full: then true, and it is to be called again. */
  advance(): boolean {
    if (this.done) return false;
    if (!this.sax) {
      const state = this.scanner.run();
      if (state === 'full') return true;
      if (state === 'more') return false;
      if (state === 'done') {
        this.done = true;
        return false;
      }
      this.switchToSax();
    }
    return this.parsePending();
  }

  /**
   * Call when all was fed; `advance` goes on being called until it is false.
   * @throws ImportFailure MALFORMED_FILE where the sheet ends before its rows do
   */
  end(): void {
    if (this.done) return;
    if (!this.sax) this.switchToSax();
    while (this.parsePending()) {
      // Nothing is fed any more and little is pending: the sink may grow a little beyond its measure.
    }
    this.sax?.end();
    this.done = true;
  }

  private switchToSax(): void {
    this.sax = new SaxSheet(this.sink, this.sheet, this.scanner.rowIsOpen);
    this.pending = [Buffer.from(this.scanner.open + this.scanner.rest, 'latin1')];
    this.scanner.feed('');
  }

  private parsePending(): boolean {
    const { sax } = this;
    while (sax && this.pending.length > 0) {
      const [first = Buffer.alloc(0), ...rest] = this.pending;
      sax.write(first.subarray(0, sliceSize));
      this.pending = first.length > sliceSize ? [first.subarray(sliceSize), ...rest] : rest;
      if (sax.done) {
        this.done = true;
        this.pending = [];
      }
      if (this.sink.full) return true;
    }
    return false;
  }
}
