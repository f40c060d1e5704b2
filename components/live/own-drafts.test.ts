import { expect, it } from 'vitest';
import { draftSince, forgetOwnDraft, noteKept, noteOwnDraft } from './own-drafts';

it('an answer that was asked for before a draft was kept does not bring an older one back', () => {
  const asked = performance.now();
  expect(draftSince('a', asked)).toBeUndefined();
  const first = { dataset: 'first' };
  const second = { dataset: 'second' };
  noteOwnDraft('a', first);
  expect(draftSince('a', asked)).toBe(first);
  noteOwnDraft('a', second);
  noteKept('a', first);
  expect(draftSince('a', performance.now())).toBe(second);
  noteKept('a', second);
  expect(draftSince('a', asked)).toBe(second);
  expect(draftSince('a', performance.now() + 1)).toBeUndefined();
  expect(draftSince('b', asked)).toBeUndefined();
  forgetOwnDraft('a');
  expect(draftSince('a', asked)).toBeUndefined();
});
