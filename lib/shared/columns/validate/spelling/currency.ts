import { languages } from '@/lib/shared/languages';

/** Currencies whose names are looked for in the plural as well. */
const common = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'INR', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF', 'RUB'];

interface Words {
  /** As they are written: codes and symbols. */
  signs: ReadonlySet<string>;
  /** Names in small letters. */
  names: ReadonlySet<string>;
}

let made: Words | undefined;

/** Codes, symbols and names of currencies, as Intl has them (11 ms, once, when a column first needs them). */
function currencyWords(): Words {
  if (made) return made;
  const codes = Intl.supportedValuesOf('currency');
  const signs = new Set([...codes, 'kr', 'Fr', 'Rs', 'Kč', 'zł']);
  const names = new Set<string>();
  for (const language of languages) {
    const narrow = new Intl.DisplayNames(language, { type: 'currency', style: 'narrow' });
    const short = new Intl.DisplayNames(language, { type: 'currency', style: 'short' });
    const long = new Intl.DisplayNames(language, { type: 'currency', style: 'long' });
    for (const code of codes) {
      for (const sign of [narrow.of(code), short.of(code)]) if (sign && isSign(sign)) signs.add(bare(sign));
      const name = long.of(code);
      if (name) names.add(name.toLowerCase());
    }
    for (const currency of common) {
      const plural = new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        currencyDisplay: 'name',
      });
      for (const count of [1, 2, 5]) {
        const name = plural
          .formatToParts(count)
          .find(({ type }) => type === 'currency')
          ?.value.toLowerCase();
        if (name === undefined) continue;
        names.add(name);
        // “dollars” for “US dollars”.
        if (language === 'en' || language === 'de') names.add(name.split(/[\s-]/).at(-1) ?? name);
      }
    }
  }
  made = { signs, names };
  return made;
}

/** Single letters, and KM of kilometers, mean too many other things. */
const isSign = (sign: string) => !/^\p{L}\.?$/u.test(sign) && sign !== 'KM';
const bare = (sign: string) => sign.replace(/\.$/, '');

/** `US$`, `€`: a symbol, and letters before it. */
const symbol = /^[A-Z]{0,3}\p{Sc}$/u;
/** Nothing longer is a currency's name. */
const longest = 40;

function isCurrency(text: string): boolean {
  if (symbol.test(text)) return true;
  if (text.length > longest) return false;
  const { signs, names } = currencyWords();
  return signs.has(bare(text)) || names.has(text.toLowerCase());
}

const before = /^([+-]?)\s*([^\d\s.,+\-()%][^\d,+\-()%]*?)\s*(?=[+-]?\(?[.,]?\d)/u;
const after = /(?<=[\d.,)-])\s*([^\d\s.,+\-()%][^\d,+()%]*)$/u;

/** A number without the sign, code or name of a currency on either side of it; one side only. */
export function withoutCurrency(text: string): string {
  const first = before.exec(text);
  if (first?.[2] !== undefined && isCurrency(first[2])) return `${first[1]}${text.slice(first[0].length)}`;
  const last = after.exec(text);
  return last?.[1] !== undefined && isCurrency(last[1].trimEnd()) ? text.slice(0, last.index) : text;
}
