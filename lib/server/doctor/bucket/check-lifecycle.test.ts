import { expect, it } from 'vitest';
import { lifecycleOf, proposedLifecycle } from '../../platform/storage/lifecycle';
import { lifecycleFinding } from './check-lifecycle';

const said = (rules: Parameters<typeof lifecycleOf>[0], keepDays: number) =>
  lifecycleFinding(lifecycleOf(rules), keepDays, 'what to do');
const expiring = (days: number, prefix: string) => ({
  Status: 'Enabled' as const,
  Filter: { Prefix: prefix },
  Expiration: { Days: days },
});

it('the rule that is proposed is one that the doctor is content with, and leaves files alone', () => {
  const rules = proposedLifecycle.Rules.map((rule) => ({ ...rule, Status: 'Enabled' as const }));
  expect(said(rules, 30)).toMatchObject({ level: 'ok' });
  expect(said(rules, 0)).toMatchObject({ level: 'ok' });
});

it('a rule that removes files before Sluice does is found', () => {
  for (const prefix of ['', 'imports/', 'imports/a']) {
    expect(said([expiring(7, prefix)], 30).said).toMatch(/after 7 days.*30 days after.*KEEP_FILES_DAYS/);
  }
  expect(said([expiring(3_650, '')], 0).said).toMatch(/for good/);
  expect(said([expiring(90, '')], 30).said).toMatch(/unfinished uploads/);
  expect(said([expiring(7, 'logs/')], 30).said).toMatch(/no rule/);
  expect(said([{ ...expiring(7, ''), Status: 'Disabled' }], 30).said).toMatch(/no rule/);
});
