/** The words for true and false that need no language, in small letters. */
export const booleanWords: ReadonlyMap<string, 'true' | 'false'> = new Map([
  ['true', 'true'],
  ['t', 'true'],
  ['yes', 'true'],
  ['y', 'true'],
  ['1', 'true'],
  ['false', 'false'],
  ['f', 'false'],
  ['no', 'false'],
  ['n', 'false'],
  ['0', 'false'],
]);
