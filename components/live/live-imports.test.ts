import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { LiveImports } from './live-imports';

/** What the page knows of an import, as far as news about it are concerned. */
const known = { id: 'a', status: 'MAPPING', inspections: 1, attempts: 0, sequence: '7' } as ImportDetails;

/** Whether the page asks for the whole import again once it heard this. */
function asksAgain(came: Partial<ImportDetails>): boolean {
  const client = new QueryClient();
  client.setQueryData(['import', 'a'], known);
  new LiveImports(client).take({ ...known, ...came });
  return client.getQueryState(['import', 'a'])?.isInvalidated === true;
}

it('what a file was read as is asked for again when it was read again, however quickly that went', () => {
  expect(asksAgain({ status: 'INSPECTING', sequence: '8' })).toBe(true);
  // The whole of it happened between two looks: the status is what it was.
  expect(asksAgain({ inspections: 2, sequence: '9' })).toBe(true);
  expect(asksAgain({ attempts: 1, sequence: '9' })).toBe(true);
});

it('and not for other news, nor for older ones', () => {
  expect(asksAgain({ sequence: '8' })).toBe(false);
  expect(asksAgain({ status: 'INSPECTING', sequence: '6' })).toBe(false);
});
