/**
 * Tokens of JSON (RFC 8259, 2 to 7), each from where the last one ended. A string may be cut off by the end of the
 * text.
 */
const token =
  /[\t ]*(?:(\r\n|\r|\n)|([[{])|([\]}])|([,:])|"(?:[^"\\\p{Cc}]|\\.)*(?:"|$)|(?:-?\d[\d.eE+-]*|true|false|null)(?![^\s,\]}]))/uy;

/**
 * Whether a text is, or begins as, JSON: one object or array, or one on each line (JSON lines). Its brackets have to
 * nest and its objects to have names, so a table whose cells hold JSON, or whose header is `[id],[name]`, is none.
 *
 * @param text the beginning of a text; it may be cut off anywhere
 */
export function looksLikeJson(text: string): 'one value' | 'lines' | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const open: string[] = [];
  let values = 0;
  let names = 0;
  let onNewLine = true;
  let before = '';
  for (let at = 0; at < text.length; ) {
    token.lastIndex = at;
    const found = token.exec(text);
    // The last few characters may be half a token.
    if (!found) return /^[\t ]*\S{0,5}$/.test(text.slice(at)) ? verdict() : null;
    at = token.lastIndex;
    const [whole, newline, opening, closing, mark] = found;
    if (newline !== undefined) {
      onNewLine = true;
      continue;
    }
    if (open.length === 0) {
      // Between values stands a line end, and a value is an object or an array.
      if (opening === undefined || !onNewLine) return null;
      values += 1;
    }
    onNewLine = false;
    if (opening !== undefined) open.push(opening);
    else if (closing !== undefined) {
      if (open.pop() !== (closing === '}' ? '{' : '[')) return null;
    } else if (mark === ':') {
      if (open.at(-1) !== '{' || !before.endsWith('"')) return null;
      names += 1;
    } else if (mark === undefined && !'[{,:'.includes(before)) return null;
    before = whole.trim();
  }
  return verdict();

  /** `[1]` alone on a line, or on each, may be a column of a table: only names or depth are proof. */
  function verdict(): 'one value' | 'lines' | null {
    if (names === 0 && values === 1 && open.length === 0 && !/[[,]/.test(text.trim().slice(1))) return null;
    if (names === 0 && values > 1 && !text.includes(',')) return null;
    return values > 1 ? 'lines' : 'one value';
  }
}
