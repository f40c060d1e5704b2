import { describe, expect, it } from 'vitest';
import { inspectSlice } from '@/lib/shared/inspect/inspect-slice';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { LayoutView } from '@/lib/shared/schema/file/layout';
import { choosingStep, choosingStepsOf, stepAfter, stepBefore } from './choosing-step';

function seen(text: string): InspectionView {
  const inspection = inspectSlice(new TextEncoder().encode(text), true);
  if (!inspection) throw new Error(`This is no table: ${text}`);
  return inspection;
}

type Sheet = LayoutView['sheets'][number];
function workbook(headerSure: boolean, ...sheets: Partial<Sheet>[]): InspectionView {
  const all = sheets.map(
    (sheet, i): Sheet => ({
      name: `Sheet ${i}`,
      state: 'visible',
      hasRows: true,
      extent: null,
      ...sheet,
    }),
  );
  const { layout, ...rest } = seen('a,b\n1,2\n');
  return { ...rest, headerSure, layout: { ...layout, format: 'xlsx', sheets: all } };
}

describe('the steps of choosing', () => {
  it('a header is certain where the first row has names above values of another kind', () => {
    for (const text of [
      'name,age\nAda,36\nBob,41\n',
      'id,paid\n1,yes\n2,no\n',
      'n,word\n1,one\n2,two\n',
      'state,city\nCA,Fresno\nCA,Oakland\nNV,Reno\nNV,Elko\n',
    ]) {
      expect(stepAfter(null, seen(text)), text).toBe('COLUMNS');
    }
  });

  it('it is asked for where titles stand above it, where it has several rows, and where nothing shows it', () => {
    for (const [text, headerRow] of [
      ['Report 2026\nname,age\nAda,36\nBob,41\n', 2],
      ['Report 2026,,\nMade by Ada,,\nname,age,paid\nAda,36,yes\nBob,41,no\n', 3],
      ['name,height,weight\n,cm,kg\nAda,170,60\nBob,180,70\n', 1],
      ['name,city\nAda,London\nBob,Paris\n', 1],
      ['1,Ada,36\n2,Bob,41\n', null],
      ['name,city\n', 1],
    ] as const) {
      const inspection = seen(text);
      expect(inspection.layout.headerRow, text).toBe(headerRow);
      expect(stepAfter(null, inspection), text).toBe('HEADER');
      expect(stepAfter('HEADER', inspection), text).toBe('COLUMNS');
    }
  });

  it('a row that a person chose is certain', () => {
    const text = new TextEncoder().encode('Report\nname,city\nAda,London\n');
    for (const headerRow of [null, 1, 2, 3]) {
      expect(inspectSlice(text, true, { headerRow })).toMatchObject({
        headerSure: true,
        layout: { headerRow },
        top: [
          { row: 1, cells: ['Report'] },
          { row: 2, cells: ['name', 'city'] },
          { row: 3, cells: ['Ada', 'London'] },
        ],
      });
    }
  });

  it('a sheet is asked for where several visible ones have rows, and can be chosen wherever there are several', () => {
    const sheet = workbook(true, {});
    const hidden = workbook(true, {}, { state: 'hidden' }, { hasRows: false });
    const several = workbook(false, {}, {});
    expect(choosingStepsOf(sheet)).toEqual(['HEADER', 'COLUMNS']);
    expect(choosingStepsOf(hidden)).toEqual(['SHEET', 'HEADER', 'COLUMNS']);
    expect([sheet, hidden, several].map((sheet) => stepAfter(null, sheet))).toEqual([
      'COLUMNS',
      'COLUMNS',
      'SHEET',
    ]);
    expect(stepAfter('SHEET', several)).toBe('HEADER');
    expect(stepAfter('SHEET', workbook(true, {}, {}))).toBe('COLUMNS');
  });

  it('Back leads through all of them, and what the person was at is kept where the file has it', () => {
    const several = workbook(true, {}, {});
    expect(stepBefore('COLUMNS', several)).toBe('HEADER');
    expect(stepBefore('HEADER', several)).toBe('SHEET');
    expect(stepBefore('SHEET', several)).toBeNull();
    expect(choosingStep(several, { step: 'HEADER' })).toBe('HEADER');
    expect(choosingStep(several, {})).toBe('SHEET');
    expect(choosingStep(workbook(true, {}), { step: 'SHEET' })).toBe('COLUMNS');
  });
});
