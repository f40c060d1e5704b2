import { RowCollector } from '@/worker/stage/fast-csv/row-collector';

/** Counts the rows that are made from bytes, until it is stopped. A spy would keep them all. */
export function countRowsByBytes(): { rows: number; stop(): void } {
  const { add } = RowCollector.prototype;
  const counted = {
    rows: 0,
    stop() {
      RowCollector.prototype.add = add;
    },
  };
  RowCollector.prototype.add = function (...row) {
    counted.rows++;
    add.apply(this, row);
  };
  return counted;
}
