/** What the reader found: the raw cells do not show it, so that they would pass for good. */
export const ofTheReader = [
  'invalid-encoding',
  'nul-byte',
  'bad-quotes',
  'across-columns',
  'formula-error',
  'cell-too-large',
  'cell-twice',
];

/** What only the key was the reason of: such rows are staged, and decided on when all others are. */
export const ofTheKey = ['empty-key', 'duplicate-key', 'existing-key'];
