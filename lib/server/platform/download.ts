/** A file that is made while it is sent. */
export interface Download {
  fileName: string;
  /** Without the charset; text is UTF-8. */
  type: string;
  pieces: AsyncGenerator<string | Uint8Array>;
}
