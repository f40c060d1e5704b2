import { describe, expect, it } from 'vitest';
import { named, readArguments } from './read-arguments';

describe('what is wrong with a command is said in a sentence', () => {
  const options = { json: { type: 'boolean' }, dataset: { type: 'string' } } as const;
  const read = (...args: string[]) => readArguments({ args, allowPositionals: true, options });

  it.each([
    [['--nope'], 'There is no option “--nope”. --help lists those that there are.'],
    [
      ['--dataset'],
      '--dataset needs a value behind it; where that begins with a dash, write --dataset=VALUE.',
    ],
    [['--json=yes'], '--json stands alone; it takes no value.'],
  ])('%j', (args, sentence) => {
    expect(() => read(...args)).toThrow(sentence);
  });

  it('names the values that there are', () => {
    const formats = new Map([['csv', 1]]);
    expect(named(formats, '--format', 'CSV')).toBe(1);
    expect(() => named(formats, '--format', 'xml')).toThrow('--format takes csv; “xml” is none of them.');
  });
});
