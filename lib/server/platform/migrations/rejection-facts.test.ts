import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '@/testing/migrated-database';

const reason = (code: string) => ({ column: 'n', value: 'x', code, reason: 'Why.' });

/** A rejection as the version before writes it, and what became of it before it was edited. */
async function write(client: pg.Client, rowNumber: number, codes: string[], first = codes): Promise<void> {
  await client.query(
    `insert into "Rejection" ("importId", "rowNumber", "cells", "reasons") values (1, $1, '["x"]', $2)`,
    [rowNumber, JSON.stringify(codes.map(reason))],
  );
  await client.query(
    `insert into "RejectionEdit" ("importId", "rowNumber", "cells", "reasons", "edited", "valid")
     values (1, $1, '["x"]', $2, '["y"]', false)`,
    [rowNumber, JSON.stringify(first.map(reason))],
  );
}

const written: [string[], { cellsForm: string; staged: boolean; codes: string[]; unseen: string[] }][] = [
  [['not-a-number'], { cellsForm: 'RAW', staged: false, codes: ['not-a-number'], unseen: [] }],
  [['duplicate-key'], { cellsForm: 'CANONICAL', staged: true, codes: ['duplicate-key'], unseen: [] }],
  [
    ['empty-key', 'required'],
    { cellsForm: 'CANONICAL', staged: true, codes: ['empty-key', 'required'], unseen: [] },
  ],
  [['not-unique'], { cellsForm: 'CANONICAL', staged: false, codes: ['not-unique'], unseen: [] }],
  [['repeated'], { cellsForm: 'RAW', staged: false, codes: ['not-unique'], unseen: [] }],
  [
    ['required', 'nul-byte', 'bad-character', 'formula-error'],
    {
      cellsForm: 'RAW',
      staged: false,
      codes: ['required', 'nul-byte', 'bad-character', 'formula-error'],
      unseen: ['nul-byte', 'bad-character', 'formula-error'],
    },
  ],
];

const database = migratedDatabase('20261129053000_rejection_facts', async (client) => {
  for (const [i, [codes]] of written.entries()) await write(client, i, codes);
  // Edited in the review, and wrong for another reason since: the first one for its key, the second for its value.
  await write(client, 100, ['not-a-number'], ['duplicate-key']);
  await client.query(`insert into "Row" ("importId", "rowNumber", "values") values (1, 100, '["x"]')`);
  await write(client, 101, ['not-a-number'], ['not-unique']);
  await client.query(
    `insert into "RejectionChunk" ("objectKey", "importId", "counts", "ofTheKey", "causes")
     values ('a', 1, true, true, $1)`,
    [JSON.stringify([reason('required'), reason('repeated')])],
  );
});

async function facts(table: 'Rejection' | 'RejectionEdit', rowNumber: number) {
  const { rows } = await database.query(
    `select "cellsForm", "staged", "reasons" from "${table}" where "rowNumber" = $1`,
    [rowNumber],
  );
  const [{ cellsForm, staged, reasons }] = rows;
  return {
    cellsForm,
    staged,
    codes: reasons.map(({ code }: { code: string }) => code),
    unseen: reasons.flatMap((reason: { code: string; unseen?: true }) =>
      reason.unseen ? [reason.code] : [],
    ),
  };
}

describe('rejected rows when a version is released that says what their cells are', () => {
  it.each(written.map(([codes, expected], row) => ({ codes, expected, row })))(
    '$codes',
    async ({ expected, row }) => {
      expect(await facts('Rejection', row)).toEqual(expected);
      expect(await facts('RejectionEdit', row)).toEqual(expected);
    },
  );

  it('that were edited and are wrong for another reason now are what they were before', async () => {
    expect(await facts('Rejection', 100)).toMatchObject({ cellsForm: 'CANONICAL', staged: true });
    expect(await facts('Rejection', 101)).toMatchObject({ cellsForm: 'CANONICAL', staged: false });
  });

  it('have one code for a value that is there twice, in the causes of objects as well', async () => {
    const { rows } = await database.query('select "staged", "causes" from "RejectionChunk"');
    expect(rows).toEqual([{ staged: true, causes: [reason('required'), reason('not-unique')] }]);
  });
});
