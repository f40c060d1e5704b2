import { describe, expect, it } from 'vitest';
import { ImportFailure } from '@/lib/shared/schema/failure';
import { randomFrom } from '@/testing/random-from';
import type { StringTable } from '../values/shared-strings';
import { cellName } from './cell-name';
import { RowBuilder } from './row-builder';
import { SaxSheet } from './sax-sheet';
import { SheetScanner } from './scan-sheet';
import { SheetParser } from './sheet-parser';
import { SheetSurvey } from './sheet-survey';

const strings: StringTable = {
  count: 50,
  unstorable: new Set(),
  get: (index) => (index === 7 ? '' : `text ${index}`),
};

function builder() {
  return new RowBuilder({ sheet: 'S', strings, styles: [0, 1, 2, 3, 4], date1904: false, firstRow: 1 });
}

/** What is told of a sheet, for each of those who listen. */
const listeners = [
  () => {
    const sink = builder();
    return {
      sink,
      outcome() {
        const { rows, numbers, problems } = sink.take();
        const { uncalculated, misnumbered, repeated } = sink;
        return { rows, numbers, problems, uncalculated, misnumbered, repeated };
      },
    };
  },
  () => {
    const sink = new SheetSurvey(false);
    return {
      sink,
      outcome: () => ({
        rows: sink.rows,
        columns: sink.columns,
        cells: sink.cells,
        hiddenRows: sink.hiddenRows,
        hiddenRowCount: sink.hiddenRowCount,
        hiddenColumns: sink.hiddenColumns,
      }),
    };
  },
];

/** All rows by the strict parser alone, or its refusal. */
function bySax(xml: Buffer) {
  return listeners.map((listener) => {
    const { sink, outcome } = listener();
    const sax = new SaxSheet(sink, 'S');
    return attempt(() => {
      sax.write(xml);
      sax.end();
      sink.endRows();
      return outcome();
    });
  });
}

/** All rows by the scanner and its successor, from pieces. */
function byParser(pieces: Buffer[]) {
  return listeners.map((listener) => {
    const { sink, outcome } = listener();
    const parser = new SheetParser(sink, 'S');
    return attempt(() => {
      for (const piece of pieces) {
        parser.feed(piece);
        while (parser.advance()) expect(sink.full).toBe(true);
      }
      parser.end();
      sink.endRows();
      return outcome();
    });
  });
}

function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof ImportFailure) return error.reason;
    throw error;
  }
}

function cut(xml: Buffer, random: () => number): Buffer[] {
  const pieces: Buffer[] = [];
  const size = random() < 0.3 ? 4 : 200;
  for (let at = 0; at < xml.length; ) {
    const end = at + 1 + Math.floor(random() * size);
    pieces.push(xml.subarray(at, end));
    at = end;
  }
  return pieces;
}

/** Random sheets: mostly as programs write them, with `oddity` of what only a general parser understands. */
class SheetMaker {
  constructor(
    private readonly random: () => number,
    private readonly oddity: number,
  ) {}

  sheet(): string {
    const x = this.odd() ? 'x:' : '';
    const rows: string[] = [];
    let number = 0;
    for (let count = this.below(12); count > 0; count--) {
      // A row may be written in several elements.
      const repeated = number > 0 && this.chance(0.2);
      if (!repeated) number += 1 + (this.chance(0.2) ? this.below(5) : 0);
      rows.push(this.row(x, this.odd() ? this.below(20) : number));
    }
    const between = this.chance(0.2) ? '\n  ' : '';
    const head = `${this.chance(0.5) ? '<?xml version="1.0" encoding="UTF-8"?>\r\n' : ''}<${x}worksheet xmlns${x ? ':x' : ''}="http://example.org"><${x}cols>${this.columns(x)}</${x}cols>`;
    return `${head}<${x}sheetData>${rows.join(between)}</${x}sheetData><${x}mergeCells/></${x}worksheet>`;
  }

  private columns(x: string): string {
    let last = 0;
    return Array.from({ length: this.below(4) }, () => {
      const first = last + 1 + this.below(3);
      last = first + this.below(3);
      const attributes = [`min="${first}"`, `max="${last}"`, 'width="3>2"', this.hidden(), 'customWidth="1"'];
      return `<${x}col${this.attributes(attributes)}/>`;
    }).join('');
  }

  private hidden(): string {
    return this.chance(0.3) ? `hidden="${this.one(['1', 'true', '0', 'false'])}"` : '';
  }

  private row(x: string, number: number): string {
    const attributes = [
      this.chance(0.9) ? `r="${number}"` : '',
      this.chance(0.4) ? 'spans="1:9"' : '',
      this.chance(0.3) ? 'ht="15"' : '',
      this.hidden(),
      this.chance(0.3) ? 'x14ac:dyDescent="0.25"' : '',
    ];
    let column = 0;
    const cells: string[] = [];
    for (let count = this.below(6); count > 0; count--) {
      column += 1 + (this.chance(0.2) ? this.below(30) : 0);
      cells.push(this.cell(x, column, number));
    }
    const tag = `${x}row${this.attributes(attributes)}`;
    if (cells.length === 0 && this.chance(0.5)) return `<${tag}/>`;
    const extra = this.odd() ? `<!-- a <${x}row> </${x}row> -->` : '';
    return `<${tag}>${cells.join(this.chance(0.1) ? '\n ' : '')}${extra}</${x}row>`;
  }

  private cell(x: string, column: number, row: number): string {
    const type = this.one(['', '', '', 's', 's', 'str', 'inlineStr', 'b', 'e', 'd', 'n']);
    const attributes = [
      this.chance(0.9) ? `r="${cellName(column - 1, row)}"` : '',
      this.chance(0.5) ? `s="${this.below(7)}"` : '',
      type ? `t="${type}"` : '',
      this.chance(0.1) ? 'cm="1"' : '',
    ];
    const tag = `${x}c${this.attributes(attributes)}`;
    if (this.chance(0.15)) return `<${tag}/>`;
    const formula = this.chance(0.2)
      ? this.one([`<${x}f>A1&amp;B2</${x}f>`, `<${x}f t="shared" si="0"/>`, `<${x}f/>`])
      : '';
    const value = this.chance(0.1) ? this.one(['', `<${x}v/>`, `<${x}v></${x}v>`]) : this.value(x, type);
    const extra = this.odd() ? `<${x}extLst><${x}ext><${x}v>9</${x}v></${x}ext></${x}extLst>` : '';
    return `<${tag}>${this.space()}${formula}${value}${extra}${this.space()}</${x}c>`;
  }

  private value(x: string, type: string): string {
    const v = (text: string) => `<${x}v>${text}</${x}v>`;
    switch (type) {
      case 's':
        return v(String(this.below(this.odd() ? 60 : 50)));
      case 'str':
        return v(this.text());
      case 'inlineStr':
        return this.inline(x);
      case 'b':
        return v(this.one(['0', '1', 'true']));
      case 'e':
        return v(this.one(['#N/A', '#REF!', '#DIV/0!']));
      case 'd':
        return v(this.one(['2024-03-01', '2024-03-01T00:00:00.000', '2024-03-01T12:00:00.5Z', 'soon']));
      default:
        return v(
          this.one([
            '1',
            '-2.50',
            '1.0E-3',
            '0.30000000000000004',
            '45352',
            '45352.75',
            '60',
            '0.5',
            ' 7 ',
            'x',
          ]),
        );
    }
  }

  private inline(x: string): string {
    const t = () => `<${x}t${this.chance(0.3) ? ' xml:space="preserve"' : ''}>${this.text()}</${x}t>`;
    const rich = () => `<${x}r>${this.chance(0.5) ? `<${x}rPr><${x}b/></${x}rPr>` : ''}${t()}</${x}r>`;
    const phonetic = this.chance(0.3)
      ? `<${x}rPh sb="0" eb="1"><${x}t>guide</${x}t></${x}rPh><${x}phoneticPr fontId="1"/>`
      : '';
    const runs = this.chance(0.5) ? t() : Array.from({ length: this.below(4) }, rich).join('');
    return `<${x}is>${runs}${phonetic}</${x}is>`;
  }

  private text(): string {
    const plain = this.one([
      '',
      'plain',
      ' padded ',
      'a &lt; b &amp; c',
      '&#x1F600;&#233;',
      'é漢字😀',
      'x_x000D_\n',
      '_x005F_x0041_',
      'a\r\nb',
      'q"\'>/>',
      '_xD83D_',
      '_x0000_',
    ]);
    if (!this.odd()) return plain;
    return this.one([`<![CDATA[<v> ${'</c>'} ]]>`, `a<!-- b -->c`, `a<?pi b?>c`, plain]);
  }

  private attributes(attributes: string[]): string {
    const present = attributes.filter((attribute) => attribute !== '');
    if (this.odd()) present.reverse();
    return present.map((text) => (this.odd() ? `\n ${text.replaceAll('"', "'")}` : ` ${text}`)).join('');
  }

  private space(): string {
    return this.chance(0.05) ? '\n\t' : '';
  }

  private odd(): boolean {
    return this.chance(this.oddity);
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private one<T>(choices: [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }
}

const seed = Date.now() % 1_000_000;

describe(`scanner and strict parser (seed ${seed})`, () => {
  it('read 1,500 ordinary sheets alike at any cut, the scanner alone', () => {
    const random = randomFrom(seed);
    let scanned = 0;
    for (let index = 0; index < 1_500; index++) {
      const xml = Buffer.from(new SheetMaker(random, 0).sheet());
      expect(byParser(cut(xml, random)), xml.toString()).toEqual(bySax(xml));
      const scanner = new SheetScanner(builder());
      scanner.feed(xml.toString('latin1'));
      if (scanner.run() === 'done') scanned++;
    }
    expect(scanned).toBe(1_500);
  });

  it('read 1,500 unusual sheets alike at any cut', () => {
    const random = randomFrom(seed + 1);
    for (let index = 0; index < 1_500; index++) {
      const xml = Buffer.from(new SheetMaker(random, 0.04).sheet());
      expect(byParser(cut(xml, random)), xml.toString()).toEqual(bySax(xml));
    }
  });

  it('give rows or a named error for 1,500 damaged sheets, and the same rows where the XML is still sound', () => {
    const random = randomFrom(seed + 2);
    let refused = 0;
    for (let index = 0; index < 1_500; index++) {
      const xml = damage(Buffer.from(new SheetMaker(random, 0.01).sheet()), random);
      const expected = bySax(xml);
      const actual = byParser(cut(xml, random));
      if (expected.some((each) => typeof each === 'string')) refused++;
      else expect(actual, xml.toString()).toEqual(expected);
    }
    expect(refused).toBeGreaterThan(200);
  });
});

function damage(xml: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * xml.length);
  const damaged = Buffer.from(xml);
  if (random() < 0.3) return damaged.subarray(0, at);
  if (random() < 0.5)
    return Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + 1 + Math.floor(random() * 5))]);
  damaged[at] = Math.floor(random() * 256);
  return damaged;
}
