import { limits } from '@/worker/read/source/types';
import type { XmlHandlers } from '../package/xml';
import { decodeEscapes } from './text';

/**
 * Hears the events of a strict parser and gives the visible text of each string item, as `visibleText` does of
 * plain markup: the runs joined, phonetic guides and anything unknown left out.
 */
export class StringItemReader implements XmlHandlers {
  private inItem = false;
  private inText = false;
  private skipped = 0;
  private item = '';
  private run = '';

  /** @param element `si` or `is` */
  constructor(
    private readonly element: string,
    private readonly found: (text: string) => void,
  ) {}

  open(name: string): void {
    if (!this.inItem) {
      if (name !== this.element) return;
      this.inItem = true;
      this.item = '';
    } else if (this.skipped > 0) this.skipped++;
    else if (name === 't') this.inText = true;
    else if (name !== 'r') this.skipped = 1;
  }

  close(name: string): void {
    if (!this.inItem) return;
    if (this.skipped > 0) this.skipped--;
    else if (name === 't') {
      this.inText = false;
      // Runs can be many: what is longer than a cell may be is only known to be so.
      if (this.item.length <= limits.cellCharacters) this.item += decodeEscapes(this.run);
      this.run = '';
    } else if (name === this.element) {
      this.inItem = false;
      this.found(this.item);
    }
  }

  text(text: string): void {
    if (this.inText && this.skipped === 0) this.run += text;
  }
}
