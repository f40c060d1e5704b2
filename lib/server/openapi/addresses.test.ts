// The form of addresses that docs/decisions/api.md decides on.
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './document';

const addresses = Object.entries(openApiDocument().paths ?? {}).map(([path, item = {}]) => ({
  path,
  segments: path.split('/').slice(1),
  last: path.split('/').at(-1) ?? '',
  methods: Object.keys(item).filter((key) => ['get', 'post', 'put', 'patch', 'delete'].includes(key)),
}));

/** What is done, each by the noun of its verb. A new action is one more line here. */
const actions: Record<string, string> = {
  acceptance: 'accept',
  attachment: 'attach',
  cancellation: 'cancel',
  check: 'check',
  completion: 'complete',
  disablement: 'disable',
  match: 'match',
  publication: 'publish',
  purge: 'purge',
  redo: 'redo',
  replacement: 'replace',
  start: 'start',
  undo: 'undo',
};
/** Things that there is one of, and that a POST makes. */
const made = ['session', 'setup', 'password-link'];

const isParameter = (segment: string) => segment.startsWith('{');
const isCollection = (segment: string) => /[a-z]s$/.test(segment);
const isAction = (segment: string) => segment in actions;

it('there are addresses to look at, and every action that is named is one of them', () => {
  expect(addresses.length).toBeGreaterThan(50);
  const found = addresses.map(({ last }) => last);
  expect([...Object.keys(actions), ...made].filter((noun) => !found.includes(noun))).toEqual([]);
});

describe.each(addresses)('$path', ({ segments, last, methods }) => {
  it('is made of words in small letters, and of names behind what there are several of', () => {
    for (const [i, segment] of segments.entries()) {
      if (!isParameter(segment)) expect(segment).toMatch(/^[a-z]+(-[a-z]+)*(\.json)?$/);
      else expect(isCollection(segments[i - 1] ?? '') || isParameter(segments[i - 1] ?? '')).toBe(true);
    }
  });

  it('is posted to where something is added to a collection, or done', () => {
    const takesPost = isCollection(last) || isAction(last) || made.includes(last);
    if (methods.includes('post')) expect(takesPost).toBe(true);
  });

  it('is done by POST, looked at by GET and taken back by DELETE, where it is an action', () => {
    expect(segments.slice(0, -1).filter(isAction)).toEqual([]);
    if (!isAction(last)) return;
    expect(methods).toContain('post');
    expect(methods.filter((method) => !['get', 'post', 'delete'].includes(method))).toEqual([]);
  });

  it('is put to where one thing is set to what is sent', () => {
    if (methods.includes('put')) expect(isCollection(last) || isAction(last)).toBe(false);
    expect(methods).not.toContain('patch');
  });
});
