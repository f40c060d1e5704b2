import { type SignedParts, signParts, type UploadTarget } from './upload-state';

const ahead = 8;
/** Well below any lifetime the server would sign for. */
const freshMs = 5 * 60_000;

/** Presigned part addresses, asked for eight at a time and each used once: a retry gets a new signature. */
export class PartAddresses {
  private readonly known = new Map<number, { address: Promise<SignedParts['parts'][number]>; at: number }>();

  constructor(
    private readonly target: UploadTarget,
    private readonly partCount: number,
    private readonly isStored: (partNumber: number) => boolean,
  ) {}

  /** Where to put this part. @throws ApiError */
  async take(partNumber: number): Promise<string> {
    const known = this.known.get(partNumber);
    this.known.delete(partNumber);
    if (known && Date.now() - known.at < freshMs) return (await known.address).url;
    const numbers = [partNumber];
    for (let n = partNumber + 1; n <= this.partCount && numbers.length < ahead; n += 1) {
      if (!this.known.has(n) && !this.isStored(n)) numbers.push(n);
    }
    const answer = signParts(this.target, numbers);
    for (const number of numbers) {
      const address = answer.then(({ parts }) => {
        const found = parts.find((part) => part.partNumber === number);
        if (!found) throw new Error(`The server did not sign part ${number}.`);
        return found;
      });
      // A failure is reported to whoever takes it; the others must not count as unhandled.
      address.catch(() => this.known.delete(number));
      if (number === partNumber) continue;
      this.known.set(number, { address, at: Date.now() });
    }
    const own = (await answer).parts.find((part) => part.partNumber === partNumber);
    if (!own) throw new Error(`The server did not sign part ${partNumber}.`);
    return own.url;
  }
}
