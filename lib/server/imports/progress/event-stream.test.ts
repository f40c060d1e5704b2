import { describe, expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { confirm, runInspection, runStage, upload } from '@/worker/testing/run-import';
import { createImport } from '../create-import';
import { collect, until } from './testing/collect';

openDatabase();

describe('progress events', () => {
  it('follow an import from its upload to its receipt, forwards only', async () => {
    const user = await owner();
    const rows = Array.from({ length: 1_500_000 }, (_, i) => `${i},some words in row ${i}`).join('\n');
    const id = await upload(new TextEncoder().encode(`n,words\n${rows}\n`), 'followed.csv', user);
    const { events, stop } = collect([id], user);
    // The first snapshot is taken when changes are heard of, which may be after a quick inspection.
    await until(() => events.length > 0);
    await confirm(await runInspection(id, user), user);
    await runStage(id, user);
    await until(() => events.at(-1)?.view.status === 'COMPLETED');
    await stop();

    const statuses = [...new Set(events.map((e) => e.view.status))];
    expect(statuses[0]).toBe('INSPECTING');
    expect(statuses).toContain('STAGING');
    expect(statuses.at(-1)).toBe('COMPLETED');
    expect(events.at(-1)?.view.rows).toMatchObject({ read: 1_500_000, inserted: 1_500_000 });
    for (const [i, event] of events.entries()) {
      const before = events[i - 1];
      if (!before) continue;
      expect(event.id).toBeGreaterThan(before.id);
      expect(event.view.rows.read).toBeGreaterThanOrEqual(before.view.rows.read);
      expect(event.view.bytesRead).toBeGreaterThanOrEqual(before.view.bytesRead);
    }
    expect(events.filter((e) => e.view.status === 'STAGING').length).toBeGreaterThan(2);
  });

  it('begin with a snapshot of what is watched, also when nothing moves', async () => {
    const user = await owner();
    const made = await createImport({ fileName: 'still.csv', fileSize: 10 }, user);
    const { events, stop } = collect([made.import.id], user);
    await until(() => events.length > 0);
    await stop();
    expect(events.map((e) => e.view.id)).toEqual([made.import.id]);
  });

  it('#56 do not include imports of other users', async () => {
    const user = await owner();
    const made = await createImport({ fileName: 'private.csv', fileSize: 10 }, user);
    const stranger = {
      id: '00000000-0000-4000-8000-000000000000',
      name: 'Somebody',
      role: 'MEMBER' as const,
    };
    const { events, stop } = collect([made.import.id], stranger);
    await new Promise((go) => setTimeout(go, 500));
    await stop();
    expect(events).toEqual([]);
  });

  it('miss nothing that happens while the first page is only just connecting', async () => {
    const user = await owner();
    for (let round = 0; round < 10; round++) {
      const made = await createImport({ fileName: 'just now.csv', fileSize: 10 }, user);
      // Every round begins with nobody watching, so that listening to the database begins anew too.
      const { events, stop } = collect([made.import.id], user);
      while (events.length === 0) await new Promise((go) => setImmediate(go));
      await db().import.update({ where: { publicId: made.import.id }, data: { status: 'CANCELLED' } });
      for (let i = 0; i < 40 && events.length < 2; i++) await new Promise((go) => setTimeout(go, 50));
      await stop();
      expect(events.at(-1)?.view.status, `round ${round}`).toBe('CANCELLED');
    }
  });
});
