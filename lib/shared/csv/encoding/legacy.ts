// chardet: ICU's statistics of languages in plain JavaScript, which browsers run too.

import chardet from 'chardet';
import { KiB } from '@/lib/shared/bytes';
import { decodeWith } from './dos';
import { scriptEncodings, scriptness } from './scripts';
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
const sampleBytes = 32 * KiB;

/** The lines of a text that hold more than ASCII, as many as are needed to judge. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleBytes) return bytes;
  const kept = new Uint8Array(2 * sampleBytes);
  let size = 0;
  for (let from = 0; from < bytes.length && size < sampleBytes; ) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : Math.min(end + 1, from + sampleBytes));
    from = end < 0 ? bytes.length : end + 1;
    if (!line.some((byte) => byte >= 0x80)) continue;
    kept.set(line, size);
    size += line.length;
  }
  return kept.subarray(0, size);
}

/** What chardet may name and nobody writes tables in, or nothing here decodes. */
const passedOver = /^(utf|iso-2022-(kr|cn)|ibm4|ascii)/;
/** Of the characters beyond ASCII; damaged text has some. */
const oddShare = 0.1;
/** Encodings of two bytes and more a character. */
const multiByte = /^(shift_jis|euc-jp|euc-kr|big5|gb18030|iso-2022-jp)$/;
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Those that a text of Western letters, or of none, is taken for. */
const western = /^(windows-125[024]|iso-8859-(1|2|15)|windows-1257)$/;

/** A text is read otherwise than chardet has it where that looks clearly more like words: of at most 1. */
const clearly = 0.25;

/**
 * The encodings that a text which is no UTF-8 may be written in, by what its bytes would spell.
 * @returns names as TextDecoder has them, and cp437 and cp850; the likeliest first, at least one
 */
export function likelyEncodings(text: Uint8Array): string[] {
  const bytes = linesBeyondAscii(text);
  const found = chardet
    .analyse(bytes)
    .map(({ name }) => names[name] ?? name.toLowerCase())
    .filter((name) => !passedOver.test(name))
    .filter((name) => isReadable(name, bytes));
  const best = found[0] ?? 'windows-1252';
  if (multiByte.test(best)) return [...new Set([best, ...found])];

  const scored = (encoding: string) => westernness(decodeWith(encoding, bytes) ?? '');
  const [windows, central] = [scored('windows-1252'), scored('windows-1250')];
  const [mac, dos] = [scored('macintosh'), scored('cp850')];
  if (windows >= clearly * 2 && windows >= mac && !bytes.some(isLetter)) {
    return ['windows-1252', ...byScore({ windows, central, mac, dos }).slice(1)];
  }
  const scripts = scriptEncodings
    .map(({ encoding, script }) => ({
      encoding,
      value: scriptness(decodeWith(encoding, bytes) ?? '', script),
    }))
    .sort((a, b) => b.value - a.value);
  const likeliest = scripts[0];
  const isLatin = western.test(best);
  const scores = { windows, central, mac, dos };
  // Of Greek, Hebrew and Arabic chardet's statistics know more than the shape of words tells.
  const shaped =
    likeliest !== undefined &&
    likeliest.value > Math.max(...Object.values(scores)) + (isLatin ? clearly / 2 : 0) &&
    (isLatin || likeliest.value > 0.75 || scripts.some(({ encoding }) => encoding === best));
  const first = shaped ? likeliest.encoding : isLatin ? westernOf(bytes, best, scores) : best;
  const [second] = scripts;
  return [
    ...new Set([first, best, ...(second && second.value > 0.5 ? [second.encoding] : []), ...byScore(scores)]),
  ];
}

/**
 * The encoding of a text that is no UTF-8, by what its bytes would spell.
 * @returns as {@link likelyEncodings} names them
 */
export function legacyEncoding(text: Uint8Array): string {
  return likelyEncodings(text)[0] ?? 'windows-1252';
}

interface Scores {
  windows: number;
  central: number;
  mac: number;
  dos: number;
}

const byScore = ({ windows, central, mac, dos }: Scores) =>
  [
    { encoding: 'windows-1252', value: windows },
    { encoding: 'windows-1250', value: central },
    { encoding: 'macintosh', value: mac },
    { encoding: 'cp850', value: dos },
  ]
    .sort((a, b) => b.value - a.value)
    .map(({ encoding }) => encoding);

/** In Windows-1252, of words: not a sign. */
const isLetter = (byte: number) =>
  (byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7) ||
  [0x8a, 0x8c, 0x8e, 0x9a, 0x9c, 0x9e, 0x9f].includes(byte);

/** Turkish letters beyond those that Windows-1252 has in the same places, and those it shares. */
const turkishOnly = new Set([0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe]);
const turkishToo = new Set([0xc7, 0xd6, 0xdc, 0xe7, 0xf6, 0xfc, 0xc2, 0xe2, 0xce, 0xee, 0xdb, 0xfb]);

/** Which of the encodings of Latin letters it is. */
function westernOf(bytes: Uint8Array, best: string, { windows, central, mac, dos }: Scores): string {
  if (dos > Math.max(windows, mac) + clearly && dos > 0.5) return 'cp850';
  // Files from old Macs look like Windows-1252 to chardet, which does not know of them.
  if (mac > windows) return 'macintosh';
  if (central > windows + clearly && central > 0.75) return best === 'iso-8859-2' ? best : 'windows-1250';
  const letters = bytes.filter(isLetter);
  const own = letters.filter((byte) => turkishOnly.has(byte)).length;
  if (own > 0 && letters.every((byte) => turkishOnly.has(byte) || turkishToo.has(byte)))
    return 'windows-1254';
  // The bytes between 0x80 and 0x9F spell signs in the encodings of Windows, and nothing in those of ISO.
  const signs = bytes.some((byte) => byte >= 0x80 && byte < 0xa0);
  if (signs && best === 'iso-8859-2')
    return central > windows + clearly / 2 ? 'windows-1250' : 'windows-1252';
  if (signs && /^iso-8859-(1|15)$/.test(best)) return 'windows-1252';
  return best;
}

/** Whether a reading holds no control characters, lines of boxes or holes, which nobody writes into tables. */
function isReadable(encoding: string, bytes: Uint8Array): boolean {
  const text = decodeWith(encoding, bytes);
  if (text === null) return false;
  const odd = text.match(/[\u0080-\u009f\u2500-\u259f\ue000-\uf8ff]/g)?.length ?? 0;
  if (multiByte.test(encoding) && !eastAsian.test(text)) return false;
  const holes = text.slice(0, -2).match(/\ufffd/g)?.length ?? 0;
  const beyond = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  return odd <= beyond * oddShare && holes <= text.length / 1000;
}
