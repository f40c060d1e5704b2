import type { ZipEntry } from './zip-writer';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const x14ac = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface SheetParts {
  name?: string;
  state?: string;
  /** What stands inside `<sheetData>`. */
  rows?: string | Iterable<string>;
  /** The whole part instead. */
  xml?: string | Iterable<string> | Uint8Array;
  part?: string;
  target?: string;
}

/** A small workbook, part by part; each part can be overruled. */
export interface WorkbookParts {
  sheets?: SheetParts[];
  date1904?: boolean;
  /** What stands inside each `<si>`. */
  strings?: Iterable<string>;
  stringsXml?: string | Iterable<string>;
  /** Format codes; cell style n + 1 has the nth, style 0 is General. A number stands for a built-in id. */
  formats?: (string | number)[];
}

/** The parts of a workbook in the usual order, ready to be zipped in this or another order. */
export function workbookEntries(workbook: WorkbookParts): ZipEntry[] {
  const sheets = (workbook.sheets ?? [{}]).map((sheet, index) => ({
    name: `Sheet${index + 1}`,
    part: `xl/worksheets/sheet${index + 1}.xml`,
    ...sheet,
  }));
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
  );
  const targets = sheets.map(({ part, target }) => target ?? part.replace(/^xl\//, ''));
  const relations = [
    ...targets.map((target, index) => relation(`rId${index + 1}`, `${office}/worksheet`, target)),
    relation('rIdStyles', `${office}/styles`, 'styles.xml'),
  ];
  const entries: ZipEntry[] = [
    { name: '[Content_Types].xml', data: contentTypes(sheets.map(({ part }) => part)) },
    {
      name: '_rels/.rels',
      data: relationships([relation('rId1', `${office}/officeDocument`, 'xl/workbook.xml')]),
    },
    {
      name: 'xl/workbook.xml',
      data: `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${
        workbook.date1904 ? ' date1904="1"' : ''
      }/><sheets>${listed.join('')}</sheets></workbook>`,
    },
    { name: 'xl/styles.xml', data: stylesXml(workbook.formats ?? []) },
  ];
  if (workbook.strings || workbook.stringsXml) {
    relations.push(relation('rIdStrings', `${office}/sharedStrings`, 'sharedStrings.xml'));
    entries.push({
      name: 'xl/sharedStrings.xml',
      data: workbook.stringsXml ?? stringsXml(workbook.strings ?? []),
    });
  }
  entries.push({ name: 'xl/_rels/workbook.xml.rels', data: relationships(relations) });
  for (const { part, rows, xml } of sheets) entries.push({ name: part, data: xml ?? sheetXml(rows ?? '') });
  return entries;
}

export function* sheetXml(rows: string | Iterable<string>): Generator<string> {
  yield `${declaration}<worksheet xmlns="${main}" xmlns:x14ac="${x14ac}"><sheetData>`;
  if (typeof rows === 'string') yield rows;
  else yield* rows;
  yield '</sheetData></worksheet>';
}

function* stringsXml(items: Iterable<string>): Generator<string> {
  yield `${declaration}<sst xmlns="${main}">`;
  for (const item of items) yield `<si>${item}</si>`;
  yield '</sst>';
}

function stylesXml(formats: (string | number)[]): string {
  const custom = formats.flatMap((format, index) =>
    typeof format === 'string'
      ? [`<numFmt numFmtId="${200 + index}" formatCode="${escapeXml(format)}"/>`]
      : [],
  );
  const cells = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'number' ? format : 200 + index}"/>`,
  );
  return `${declaration}<styleSheet xmlns="${main}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${cells.join('')}</cellXfs></styleSheet>`;
}

/** For other programs' sake: Sluice goes by relationships only. */
function contentTypes(sheets: string[]): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = [
    ['xl/workbook.xml', 'sheet.main'],
    ['xl/styles.xml', 'styles'],
    ['xl/sharedStrings.xml', 'sharedStrings'],
    ...sheets.map((part) => [part, 'worksheet']),
  ].map(([part, kind]) => `<Override PartName="/${part}" ContentType="${type}.${kind}+xml"/>`);
  return `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${overrides.join('')}</Types>`;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
}

function relationships(relations: string[]): string {
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
