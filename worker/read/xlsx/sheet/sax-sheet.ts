import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { limits } from '@/worker/read/source/types';
import { type XmlAttributes, type XmlHandlers, XmlParser } from '../package/xml';
import { StringItemReader } from '../values/string-item';
import { decodeEscapes } from '../values/text';
import { columnIndex } from './cell-name';
import { type CellSink, type CellType, cellType, cellTypes } from './cell-sink';

/**
 * Reads the rows of a sheet with a strict XML parser: prefixes, comments, CDATA, any order and quoting of
 * attributes. Slower than `SheetScanner` and equal to it where both read.
 */
export class SaxSheet implements XmlHandlers {
  /** True when the table has ended; what follows holds no cells. */
  done = false;
  private readonly parser: XmlParser;
  private readonly inlineText = new StringItemReader('is', (text) => {
    this.inline = text;
  });
  private inTable = false;
  private inRow = false;
  private inCell = false;
  private isRoot = true;
  private inItem = false;
  private skipped = 0;

  private column = -1;
  private type: CellType = cellTypes.number;
  private style = 0;
  private formula = false;
  private value: string | null = null;
  private inline: string | null = null;
  private element = '';

  /**
   * @param sheet its name, for messages
   * @param rowIsOpen the sink knows of the first row already: the scanner has read its beginning
   */
  constructor(
    private readonly sink: CellSink,
    private readonly sheet: string,
    private rowIsOpen = false,
  ) {
    this.parser = new XmlParser(`the sheet “${sheet}”`, this);
  }

  /** @param bytes UTF-8 */
  write(bytes: Uint8Array): void {
    if (this.done) return;
    try {
      this.parser.write(bytes);
    } catch (error) {
      // What follows the table is not looked at, wherever the pieces are cut.
      if (!this.done) throw error;
    }
  }

  /** @throws ImportFailure MALFORMED_FILE where the sheet ends before its table does */
  end(): void {
    if (!this.done) this.parser.end();
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.done) return;
    if (this.inItem) this.inlineText.open(name);
    else if (this.inCell) this.openInCell(name);
    else if (this.inRow) {
      if (name === 'c' && this.skipped === 0) this.openCell(attributes);
      else this.skipped++;
    } else if (this.inTable) {
      if (name === 'row' && this.skipped === 0) {
        this.inRow = true;
        if (!this.rowIsOpen) this.sink.openRow(this.rowNumber(attributes.r), isTrue(attributes.hidden));
        this.rowIsOpen = false;
      } else this.skipped++;
    } else if (this.isRoot) this.isRoot = false;
    else if (name === 'sheetData') this.inTable = true;
    else if (name === 'col' && isTrue(attributes.hidden)) this.hide(attributes);
  }

  close(name: string): void {
    if (this.done) return;
    if (this.inItem) {
      this.inlineText.close(name);
      if (name === 'is') this.inItem = false;
    } else if (this.skipped > 0) this.skipped--;
    else if (this.inCell) {
      if (name === 'c') this.closeCell();
      this.element = '';
    } else if (this.inRow) {
      this.inRow = false;
      this.sink.closeRow();
    } else if (this.inTable) this.done = true;
  }

  text(text: string): void {
    if (this.inItem) this.inlineText.text(text);
    else if (this.element === 'v' && this.skipped === 0 && this.value !== null) {
      if (this.value.length <= limits.cellCharacters) this.value += text;
    }
  }

  private openInCell(name: string): void {
    if (this.skipped > 0 || this.element !== '') this.skipped++;
    else if (name === 'is') {
      this.inItem = true;
      this.inlineText.open(name);
    } else if (name === 'v') {
      this.element = name;
      this.value = '';
    } else if (name === 'f') {
      this.element = name;
      this.formula = true;
    } else this.skipped++;
  }

  private openCell({ r, s, t }: XmlAttributes): void {
    this.inCell = true;
    this.column = this.columnOf(r);
    this.type = cellType(t);
    this.style = Number(s ?? 0);
    this.formula = false;
    this.value = null;
    this.inline = null;
  }

  private closeCell(): void {
    const { sink, column, type, value, inline } = this;
    this.inCell = false;
    if (inline !== null) sink.valueCell(column, type, this.style, inline);
    else if (value === null || (value === '' && type !== cellTypes.string))
      sink.blankCell(column, this.formula);
    else if (type === cellTypes.shared)
      sink.sharedCell(column, /^\d+$/.test(value.trim()) ? Number(value) : Number.NaN);
    else sink.valueCell(column, type, this.style, decodeEscapes(value));
  }

  private hide({ min, max }: XmlAttributes): void {
    const [first = 0, last = 0] = [min, max].map((text = '') => (/^\d+$/.test(text) ? Number(text) : 0));
    if (first >= 1 && last >= first) this.sink.hideColumns(first - 1, last - 1);
  }

  private rowNumber(text: string | undefined): number {
    if (text === undefined) return 0;
    if (!/^\d+$/.test(text)) throw this.misplaced('row', text);
    return Number(text);
  }

  private columnOf(reference: string | undefined): number {
    if (reference === undefined) return -1;
    const letters = /^\$?([A-Za-z]{1,5})\$?\d*$/.exec(reference)?.[1];
    if (letters === undefined) throw this.misplaced('cell', reference);
    return columnIndex(letters.toUpperCase());
  }

  private misplaced(what: string, name: string): ImportFailure {
    return new ImportFailure(
      'MALFORMED_FILE',
      `The file is damaged: the sheet “${this.sheet}” has a ${what} named “${name.slice(0, 20)}”.`,
    );
  }
}

/** A boolean of XML Schema. */
const isTrue = (value: string | undefined) => value === '1' || value === 'true';
