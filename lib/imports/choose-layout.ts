import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { AppError } from '../errors';
import { enqueue } from '../queue/boss';
import type { ImportView, LayoutChoicesInput } from './contract';
import { currentView, findOwnImport } from './find-import';

/**
 * Reads the head of the file again the way the person says (sheet, header row, encoding, delimiter).
 * Choices add up: what was chosen before stays unless it is chosen anew.
 */
export async function chooseLayout(id: string, choices: LayoutChoicesInput, user: User): Promise<ImportView> {
  const it = await findOwnImport(id, user);
  const before =
    typeof it.choices === 'object' && it.choices !== null && !Array.isArray(it.choices) ? it.choices : {};
  await db().$transaction(async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: it.id, status: 'MAPPING' },
      data: { status: 'INSPECTING', choices: { ...before, ...choices } },
    });
    if (count === 0)
      throw new AppError('conflict', 'This import is not waiting for its columns to be matched.');
    await enqueue(tx, 'inspect', { importId: it.id }, it.userId);
  });
  return currentView(it);
}
