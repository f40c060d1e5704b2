/** Which of two canonical decimal numbers is greater, exactly, however long they are: −1, 0 or 1. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  // Rounding never turns two numbers round, so those that are still apart are in order; most are.
  const roundedA = Number(a);
  const roundedB = Number(b);
  if (roundedA < roundedB) return -1;
  if (roundedA > roundedB) return 1;
  const [x, y] = [partsOf(a), partsOf(b)];
  if (x.sign !== y.sign) return x.sign < y.sign ? -1 : 1;
  const bigger = compareParts(x, y);
  return bigger === 0 || x.sign > 0 ? bigger : bigger === 1 ? -1 : 1;
}

interface Parts {
  /** −1, 0 or 1. */
  sign: number;
  /** Without leading zeros. */
  whole: string;
  /** Without zeros at its end. */
  fraction: string;
}

function partsOf(text: string): Parts {
  const bare = text.replace(/^[+-]/, '');
  const [left = '', right = ''] = bare.split('.');
  const whole = left.replace(/^0+/, '');
  const fraction = right.replace(/0+$/, '');
  const sign = whole === '' && fraction === '' ? 0 : text.startsWith('-') ? -1 : 1;
  return { sign, whole, fraction };
}

function compareParts(x: Parts, y: Parts): -1 | 0 | 1 {
  if (x.whole.length !== y.whole.length) return x.whole.length < y.whole.length ? -1 : 1;
  if (x.whole !== y.whole) return x.whole < y.whole ? -1 : 1;
  if (x.fraction === y.fraction) return 0;
  return x.fraction < y.fraction ? -1 : 1;
}
