import { z } from '../../zod';
import { importModes } from './start';

/**
 * How much is undone where later imports changed rows of this one. `ALONE`: what is untouched, the changed rows stay as
 * they are. `IN_ORDER`: the later imports that changed it go first, together with it.
 */
export const undoExtents = ['ALONE', 'IN_ORDER'] as const;
export type UndoExtent = (typeof undoExtents)[number];

/** `POST /imports/:id/undo` and `/redo`; without a body where there is nothing to choose. */
export const undoInput = z.object({
  extent: z
    .enum(undoExtents)
    .optional()
    .describe(
      'To be chosen where later imports changed rows of this one: only what they left untouched, or with them.',
    ),
});
export type UndoInput = z.infer<typeof undoInput>;

/** Answer of `GET /imports/:id/undo`. */
export const undoPreviewShape = z
  .object({
    rowsBefore: z.int().describe('Rows of the dataset that readers see now.'),
    rowsAfter: z.int().describe('Rows that they would see.'),
    removed: z.int().describe('Rows that would no longer be there.'),
    earlier: z
      .int()
      .describe('Rows that would be shown as an earlier import wrote them: all of the next three.'),
    restored: z.int().describe('Rows that the dataset does not have now, and would have again.'),
    unchanged: z.int().describe('Rows that a replacement wrote with the same values that were there before.'),
    reverted: z.int().describe('Rows that would have other, earlier values again.'),
    kept: z.int().describe('Rows of this import that a later one changed: they stay as they are.'),
    changedBy: z
      .array(
        z.object({
          id: z.uuid(),
          fileName: z.string(),
          mode: z.enum(importModes),
          rows: z
            .int()
            .nullable()
            .describe('Rows of this import that it changed; null if it replaced them all.'),
        }),
      )
      .describe('The later imports that changed rows of this one, in their order.'),
    together: z
      .array(z.object({ id: z.uuid(), fileName: z.string() }))
      .describe('What would be undone IN_ORDER.'),
    rowsAfterInOrder: z.int(),
    redoDays: z
      .int()
      .nullable()
      .describe('Days for which it can be redone, until its rows are deleted; null: for good.'),
  })
  .meta({ id: 'UndoPreview', description: 'What undoing would do.' });
export type UndoPreview = z.infer<typeof undoPreviewShape>;

const named = z.object({ id: z.uuid(), fileName: z.string() });

/** Answer of `GET /imports/:id/redo`. */
export const redoPreviewShape = z
  .object({
    rowsBefore: z.int().describe('Rows of the dataset that readers see now.'),
    rowsAfter: z.int().describe('Rows that they would see.'),
    replacedBy: named
      .nullable()
      .describe('The later import that replaced the dataset, so that nothing of this one would be seen.'),
    changedBy: z
      .array(named.extend({ rows: z.int() }))
      .describe('Later imports that wrote over rows of this one: their values stay.'),
    together: z.array(named).describe('What was undone together, and would come back IN_ORDER.'),
    rowsAfterInOrder: z.int(),
  })
  .meta({ id: 'RedoPreview', description: 'What redoing would do.' });
export type RedoPreview = z.infer<typeof redoPreviewShape>;
