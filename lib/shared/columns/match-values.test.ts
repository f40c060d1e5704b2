import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../schema/dataset/column';
import { matchHeaders } from './match-headers';
import { kindOfTarget, kindOfValues } from './match-values';

function matched(file: Record<string, string[]>, dataset: Record<string, ColumnType>) {
  const targets = Object.entries(dataset).map(([name, type]) => ({ name, type }));
  const matches = matchHeaders(
    Object.keys(file),
    targets.map((target) => ({ ...target, synonyms: [], kind: kindOfTarget(target) })),
    [],
    Object.values(file).map(kindOfValues),
  );
  return matches.map((match) => match && [match.column, match.how]);
}

const emails = ['ann@example.com', 'ben@example.org'];

describe('a column whose name says nothing', () => {
  it('is matched by its values to a column of that type, or of that name', () => {
    expect(matched({ Kontakt: emails }, { email: 'TEXT', city: 'TEXT' })).toEqual([['email', 'values']]);
    expect(matched({ x: emails, y: ['a', 'b'] }, { Erreichbar: 'EMAIL', b: 'TEXT' })).toEqual([
      ['Erreichbar', 'values'],
      null,
    ]);
    expect(matched({ site: ['https://example.com/a'] }, { Link: 'TEXT' })).toEqual([['Link', 'values']]);
    expect(matched({ call: ['+49 30 1234567', '(030) 765-4321'] }, { Phone: 'TEXT' })).toEqual([
      ['Phone', 'values'],
    ]);
    expect(matched({ when: ['31.12.2025'] }, { Shipped: 'DATE', note: 'TEXT' })).toEqual([
      ['Shipped', 'values'],
    ]);
  });

  it('is matched by its name first', () => {
    expect(matched({ email: ['none'], Kontakt: emails }, { email: 'TEXT', name: 'TEXT' })).toEqual([
      ['email', 'name'],
      null,
    ]);
  });

  it('is not matched where two columns of either side could be meant', () => {
    expect(matched({ a: emails, b: emails }, { email: 'TEXT' })).toEqual([null, null]);
    expect(matched({ a: emails }, { 'private email': 'TEXT', 'work email': 'TEXT' })).toEqual([null]);
  });

  it('is not told by amounts, words or nothing', () => {
    for (const values of [['1234567', '7654321'], ['1.234,50'], ['yes', 'no'], []])
      expect(kindOfValues(values)).toBeNull();
    expect(kindOfTarget({ name: 'mail or phone', type: 'TEXT' })).toBeNull();
  });
});
