import { charactersOf, type RejectedRow, rejectedAtOnce } from '@/lib/server/datasets/rows/row-writer';
import type { Position, Problem } from '@/worker/read/source/types';
import { encodeBatch } from '../encode-batches';
import type { EncodePlan } from '../plan';
import { isBlankRecord } from './blank-bytes';
import type { RecordCells } from './record-cells';
import { TupleWriter } from './tuple-writer';

/** Rows that were made of bytes, to be handed on together. */
export interface FastRows {
  tuples: Buffer;
  release(): void;
  stored: number;
  rejected: RejectedRow[];
  leftOut: number;
}

const nowhere: Position = { row: 0, offset: null, line: 0 };

/** Takes rows one after another as bytes, or as text where bytes do not tell, and sorts them: stored, rejected, left out. */
export class RowCollector {
  private readonly writer: TupleWriter;
  private stored = 0;
  private rejected: RejectedRow[] = [];
  private rejectedCharacters = 0;
  private leftOut = 0;

  /** @param tupleBytes bytes of output to have room for at first */
  constructor(
    private readonly plan: EncodePlan,
    tupleBytes: number,
  ) {
    this.writer = new TupleWriter(plan, tupleBytes);
  }

  /** The rejected rows so far are many: they are to be handed on first. */
  get isFull(): boolean {
    return this.rejectedCharacters >= rejectedAtOnce;
  }

  /** Bytes of the rows so far. */
  get size(): number {
    return this.writer.size;
  }

  /**
   * A row whose cells are UTF-8 without NUL.
   * @param size bytes of all of it
   */
  add(bytes: Buffer, record: RecordCells, size: number, row: number): void {
    if (isBlankRecord(bytes, record) || this.isLeftOut(bytes, record)) this.leftOut++;
    else if (this.writer.write(bytes, record, size, row)) this.stored++;
    else this.check([record.cells(bytes)], row, []);
  }

  /** One row, or none, to be checked as text. */
  check(rows: string[][], row: number, problems: Problem[]): void {
    const { tuples, stored, rejected, leftOut } = encodeBatch(
      { rows, numbers: [row], problems, start: nowhere, position: nowhere, bytes: 0 },
      this.plan,
    );
    if (stored > 0) this.writer.add(tuples);
    this.stored += stored;
    this.rejected.push(...rejected);
    for (const found of rejected) this.rejectedCharacters += charactersOf(found);
    this.leftOut += leftOut;
  }

  /** The rows since the last call; null when there are none. */
  take(): FastRows | null {
    const { stored, rejected, leftOut } = this;
    if (stored === 0 && rejected.length === 0 && leftOut === 0) return null;
    this.stored = 0;
    this.rejected = [];
    this.rejectedCharacters = 0;
    this.leftOut = 0;
    return { ...this.writer.take(), stored, rejected, leftOut };
  }

  /** Whether a record is none of the data: nearly always its first byte tells. */
  private isLeftOut(bytes: Buffer, record: RecordCells): boolean {
    const [from = 0, to = 0] = [record.from[0], record.to[0]];
    const { leftOut } = this.plan;
    return leftOut.mayHave(from === to ? null : (bytes[from] ?? 0)) && leftOut.has(record.cells(bytes));
  }
}
