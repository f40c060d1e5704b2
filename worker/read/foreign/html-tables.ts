import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => 'tagName' in node;
/** Elements that browsers set apart from the text around them. */
const blocks = new Set(['br', 'p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const silent = new Set(['script', 'style', 'template', 'noscript']);

/**
 * The tables of a web page as rows of text, as a browser builds them (HTML standard, 13.2 and 4.9.12): cells need not be
 * closed, and one that spans several columns or rows has its text in the first of them. A table within a table is one
 * of its own.
 */
export function htmlTables(html: string): string[][][] {
  const tables: string[][][] = [];
  const visit = (nodes: Node[]) => {
    for (const node of nodes) {
      if (!isElement(node)) continue;
      if (node.tagName === 'table') tables.push(rowsOf(node));
      visit(node.childNodes);
    }
  };
  visit(parse(html).childNodes);
  return tables.filter((rows) => rows.length > 0);
}

/** The elements of some names below a node, but not those inside of a table in it. */
function* within(node: Element, names: Set<string>): Generator<Element> {
  for (const child of node.childNodes) {
    if (!isElement(child) || child.tagName === 'table') continue;
    if (names.has(child.tagName)) yield child;
    else yield* within(child, names);
  }
}

const rowNames = new Set(['tr']);
const cellNames = new Set(['td', 'th']);

function rowsOf(table: Element): string[][] {
  const rows: string[][] = [];
  /** For each column, how many more rows a cell from above takes. */
  const taken: number[] = [];
  for (const row of within(table, rowNames)) {
    const cells: string[] = [];
    let column = 0;
    const skipTaken = () => {
      while ((taken[column] ?? 0) > 0) {
        taken[column] = (taken[column] ?? 0) - 1;
        cells[column++] = '';
      }
    };
    for (const cell of within(row, cellNames)) {
      skipTaken();
      const text = textOf(cell);
      const [width, height] = [span(cell, 'colspan'), span(cell, 'rowspan')];
      for (let i = 0; i < width; i++) {
        taken[column] = height - 1;
        cells[column++] = i === 0 ? text : '';
      }
    }
    skipTaken();
    rows.push(cells);
  }
  return rows;
}

/** The standard's own limits keep a hostile page from asking for a billion cells. */
function span(cell: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(cell.attrs.find((attribute) => attribute.name === name)?.value ?? '', 10);
  const most = name === 'colspan' ? 1_000 : 65_534;
  return value > 0 ? Math.min(value, most) : 1;
}

/** The text that a browser shows: white space collapsed, line breaks where a line ends. */
function textOf(cell: Element): string {
  let text = '';
  const visit = (nodes: Node[]) => {
    for (const node of nodes) {
      if ('value' in node) text += node.value.replace(/[ \t\n\f\r]+/g, ' ');
      else if (isElement(node) && node.tagName !== 'table' && !silent.has(node.tagName)) {
        if (blocks.has(node.tagName)) text += '\n';
        visit(node.childNodes);
      }
    }
  };
  visit(cell.childNodes);
  return text
    .replace(/ *\n */g, '\n')
    .replace(/\n{2,}/g, '\n')
    .replace(/^[ \n]+|[ \n]+$/g, '');
}
