// chardet: ICU's statistics of languages in plain JavaScript, which browsers run too.
import chardet from 'chardet';
import { westernness } from './western';

const names: Record<string, string> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-9': 'windows-1254',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  Big5: 'big5',
  GB18030: 'gb18030',
  'ISO-2022-JP': 'iso-2022-jp',
  'KOI8-R': 'koi8-r',
};

/** chardet takes 0.4 s for 1 MB, and knows no better then. */
const judgedBytes = 32 * 1024;

/** The lines of a text that hold more than ASCII, as many as are needed to judge. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= judgedBytes) return bytes;
  const kept = new Uint8Array(2 * judgedBytes);
  let size = 0;
  for (let from = 0; from < bytes.length && size < judgedBytes; ) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : Math.min(end + 1, from + judgedBytes));
    from = end < 0 ? bytes.length : end + 1;
    if (!line.some((byte) => byte >= 0x80)) continue;
    kept.set(line, size);
    size += line.length;
  }
  return kept.subarray(0, size);
}

/** Encodings of Western languages that a text may be taken for when it is one of the others. */
const western = /^(windows-125[024]|iso-8859-(1|2|15))$/;
/** What chardet may name and nobody writes tables in, or nothing here decodes. */
const passedOver = /^(utf|iso-2022-(kr|cn)|ibm4|ascii)/;

/**
 * The encoding of a text that is no UTF-8, by what its bytes would spell.
 * @returns WHATWG label
 */
export function legacyEncoding(text: Uint8Array): string {
  const bytes = linesBeyondAscii(text);
  const found = chardet
    .analyse(bytes)
    .map(({ name }) => names[name] ?? name.toLowerCase())
    .filter((name) => !passedOver.test(name));
  const best = found[0] ?? 'windows-1252';
  if (!western.test(best)) return best;
  // Files from old Macs look like Windows-1252 to chardet, which does not know of them.
  const [windows, mac] = [best, 'macintosh'].map((label) =>
    westernness(new TextDecoder(label).decode(bytes)),
  );
  return (mac ?? 0) > (windows ?? 0) ? 'macintosh' : best;
}
