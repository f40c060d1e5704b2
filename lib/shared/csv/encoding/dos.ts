/** What the bytes from 0x80 on are in code pages that no browser decodes. */
const upperHalves: Record<string, string> = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};

/** Decodes one of the code pages of DOS; null for another encoding. */
export function dosDecoder(encoding: string): ((bytes: Uint8Array) => string) | null {
  const upper = upperHalves[encoding];
  if (upper === undefined) return null;
  const units = Uint16Array.from({ length: 256 }, (_, byte) =>
    byte < 0x80 ? byte : upper.charCodeAt(byte - 0x80),
  );
  return (bytes) => {
    // By the piece, since a call takes no more arguments than fit on the stack.
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) {
      text += String.fromCharCode(
        ...Uint16Array.from(bytes.subarray(at, at + 8192), (byte) => units[byte] ?? 0),
      );
    }
    return text;
  };
}

/** Decodes bytes in an encoding of one byte a character or by a decoder of the platform; null where it has none. */
export function decodeWith(encoding: string, bytes: Uint8Array): string | null {
  const dos = dosDecoder(encoding);
  if (dos) return dos(bytes);
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return null;
  }
}
