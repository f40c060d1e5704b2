import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../schema/dataset/column';
import { displayValue } from './display-value';

describe('a value as a person reads it', () => {
  it.each<[ColumnType, string, string]>([
    ['DECIMAL', '1626.88', '1,626.88'],
    ['DECIMAL', '-123456789012345678901.5', '-123,456,789,012,345,678,901.5'],
    ['DECIMAL', '.5', '0.5'],
    ['DECIMAL', '12.', '12'],
    ['DECIMAL', '0.00000', '0.00000'],
    ['INTEGER', '2026', '2026'],
    ['BOOLEAN', 'false', 'No'],
    ['DATE', '2026-01-08', '8 Jan 2026'],
    ['DATETIME', '2026-12-31T15:30:00', '31 Dec 2026, 15:30'],
    ['DATETIME', '2026-12-31T15:30:07.25+01:00', '31 Dec 2026, 15:30:07.25+01:00'],
    ['DATETIME', '2026-12-31T15:30:00Z', '31 Dec 2026, 15:30Z'],
    ['TIME', '09:05:00', '09:05'],
    ['TEXT', '1626.88', '1626.88'],
  ])('%s %s', (type, value, shown) => {
    expect(displayValue(type, value)).toBe(shown);
  });
});
