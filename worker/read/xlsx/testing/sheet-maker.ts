import { cellName } from '../sheet/cell-name';

/** Random sheets: mostly as programs write them, with `oddity` of what only a general parser understands. */
export class SheetMaker {
  constructor(
    private readonly random: () => number,
    private readonly oddity: number,
  ) {}

  /** Its XML. Shared strings are up to number 50, or to 60 where it is odd; styles up to 6. */
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

/** The same with a few bytes wrong, or missing. */
export function damage(xml: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * xml.length);
  const damaged = Buffer.from(xml);
  if (random() < 0.3) return damaged.subarray(0, at);
  if (random() < 0.5)
    return Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + 1 + Math.floor(random() * 5))]);
  damaged[at] = Math.floor(random() * 256);
  return damaged;
}
