import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { ByteSource, XlsxSheet } from '../source/types';
import { type Directory, type Part, readDirectory } from '../zip/directory';
import { inflateLimits, openPart } from '../zip/part';
import { type Relationship, readRelationships } from './package/relationships';
import { parseXml, prefixed } from './package/xml';

/** A workbook with its directory and list of sheets read, and no cell yet. */
export interface Workbook {
  source: ByteSource;
  directory: Directory;
  /** Worksheets only, in tab order; chart, dialog and macro sheets hold no table. What they hold is not known yet. */
  sheets: Pick<XlsxSheet, 'name' | 'part' | 'state'>[];
  /** Days are counted from 1 January 1904 instead of 1900. */
  date1904: boolean;
  styles: Part | null;
  strings: Part | null;
}

/**
 * Finds the parts of a workbook by following relationships from the package, whatever the names and the order
 * of the parts in the zip (ECMA-376 part 1, 12.3.23 workbook, 18.2.27 sheets).
 *
 * @throws ImportFailure UNSUPPORTED_FORMAT for a zip that is no workbook, INCOMPLETE_FILE, MALFORMED_FILE
 */
export async function openWorkbook(source: ByteSource): Promise<Workbook> {
  const directory = await readDirectory(source);
  const part = await findWorkbook(source, directory);
  const { listed, date1904 } = await readWorkbookPart(source, directory, part);
  const relationships = await readRelationships(source, directory, part.name);
  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
  const sheets = listed.flatMap(({ id, name, state }) => {
    const relationship = byId.get(id);
    return relationship?.type === 'worksheet' ? [{ name, state, part: relationship.target }] : [];
  });
  return {
    source,
    directory,
    sheets,
    date1904,
    styles: findRelated(directory, relationships, 'styles'),
    strings: findRelated(directory, relationships, 'sharedStrings'),
  };
}

function findRelated(directory: Directory, relationships: Relationship[], type: string): Part | null {
  const relationship = relationships.find((candidate) => candidate.type === type);
  const part = relationship ? directory.find(relationship.target) : null;
  // Without its styles, a workbook's dates would be read as numbers.
  if (relationship && !part && type === 'styles') {
    throw new ImportFailure(
      'MALFORMED_FILE',
      `The file is damaged: “${relationship.target}” is missing from it.`,
    );
  }
  return part;
}

async function findWorkbook(source: ByteSource, directory: Directory): Promise<Part> {
  const relationships = await readRelationships(source, directory, '');
  const target = relationships.find(({ type }) => type === 'officeDocument')?.target;
  const part = (target ? directory.find(target) : null) ?? directory.find('xl/workbook.xml');
  if (part?.name.toLowerCase().endsWith('.bin')) {
    throw new ImportFailure(
      'UNSUPPORTED_FORMAT',
      'This is a binary Excel workbook (.xlsb), which cannot be read.',
    );
  }
  if (!part) {
    const openDocument = directory.find('content.xml') && directory.find('mimetype');
    throw new ImportFailure(
      'UNSUPPORTED_FORMAT',
      openDocument
        ? 'This is an OpenDocument file (.ods), which cannot be read.'
        : 'This is a zip file that holds no Excel workbook.',
    );
  }
  return part;
}

/** Each is kept with the import, and shown to choose from. Excel's names have 31 characters. */
const mostSheets = 1_000;
const longestName = 1_000;

function tooManySheets(): ImportFailure {
  return new ImportFailure(
    'INFLATED_TOO_LARGE',
    `The workbook has more than ${mostSheets.toLocaleString('en')} sheets, or one with a name of more than ${longestName.toLocaleString('en')} characters.`,
  );
}

interface ListedSheet {
  id: string;
  name: string;
  state: XlsxSheet['state'];
}

async function readWorkbookPart(
  source: ByteSource,
  directory: Directory,
  part: Part,
): Promise<{ listed: ListedSheet[]; date1904: boolean }> {
  const listed: ListedSheet[] = [];
  let date1904 = false;
  let root = true;
  await parseXml(openPart(source, directory, part, inflateLimits.small), 'the list of sheets', {
    open(name, attributes) {
      if (root && name !== 'workbook') {
        throw new ImportFailure('UNSUPPORTED_FORMAT', 'This Office file is not an Excel workbook.');
      }
      root = false;
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) date1904 = true;
      const id = prefixed(attributes, 'id');
      if (name !== 'sheet' || id === undefined || attributes.name === undefined) return;
      if (listed.length >= mostSheets || attributes.name.length > longestName) throw tooManySheets();
      const { state } = attributes;
      listed.push({
        id,
        name: attributes.name,
        state: state === 'hidden' || state === 'veryHidden' ? state : 'visible',
      });
    },
  });
  return { listed, date1904 };
}
