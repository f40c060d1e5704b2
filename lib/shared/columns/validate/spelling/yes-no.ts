import cs from 'cldr-misc-full/main/cs/posix.json';
import da from 'cldr-misc-full/main/da/posix.json';
import de from 'cldr-misc-full/main/de/posix.json';
import el from 'cldr-misc-full/main/el/posix.json';
import en from 'cldr-misc-full/main/en/posix.json';
import es from 'cldr-misc-full/main/es/posix.json';
import fi from 'cldr-misc-full/main/fi/posix.json';
import fr from 'cldr-misc-full/main/fr/posix.json';
import hu from 'cldr-misc-full/main/hu/posix.json';
import it from 'cldr-misc-full/main/it/posix.json';
import nl from 'cldr-misc-full/main/nl/posix.json';
import no from 'cldr-misc-full/main/no/posix.json';
import pl from 'cldr-misc-full/main/pl/posix.json';
import pt from 'cldr-misc-full/main/pt/posix.json';
import ro from 'cldr-misc-full/main/ro/posix.json';
import ru from 'cldr-misc-full/main/ru/posix.json';
import sv from 'cldr-misc-full/main/sv/posix.json';
import tr from 'cldr-misc-full/main/tr/posix.json';
import uk from 'cldr-misc-full/main/uk/posix.json';
import type { Language } from '@/lib/shared/languages';

/** As the Unicode CLDR has them: the word, a colon, its first letter. */
interface Messages {
  yesstr: string;
  nostr: string;
}

const messages: Record<Language, Messages> = {
  cs: cs.main.cs.posix.messages,
  da: da.main.da.posix.messages,
  de: de.main.de.posix.messages,
  el: el.main.el.posix.messages,
  en: en.main.en.posix.messages,
  es: es.main.es.posix.messages,
  fi: fi.main.fi.posix.messages,
  fr: fr.main.fr.posix.messages,
  hu: hu.main.hu.posix.messages,
  it: it.main.it.posix.messages,
  nb: no.main.no.posix.messages,
  nl: nl.main.nl.posix.messages,
  pl: pl.main.pl.posix.messages,
  pt: pt.main.pt.posix.messages,
  ro: ro.main.ro.posix.messages,
  ru: ru.main.ru.posix.messages,
  sv: sv.main.sv.posix.messages,
  tr: tr.main.tr.posix.messages,
  uk: uk.main.uk.posix.messages,
};

/** What spreadsheet programs write for TRUE and FALSE, where that is another word. No library has these. */
const truths: Partial<Record<Language, [yes: string, no: string]>> = {
  cs: ['pravda', 'nepravda'],
  da: ['sand', 'falsk'],
  de: ['wahr', 'falsch'],
  en: ['on', 'off'],
  es: ['verdadero', 'falso'],
  fi: ['tosi', 'epätosi'],
  fr: ['vrai', 'faux'],
  hu: ['igaz', 'hamis'],
  it: ['vero', 'falso'],
  nb: ['sann', 'usann'],
  nl: ['waar', 'onwaar'],
  pl: ['prawda', 'fałsz'],
  pt: ['verdadeiro', 'falso'],
  ru: ['истина', 'ложь'],
  sv: ['sant', 'falskt'],
  tr: ['doğru', 'yanliş'],
};

/** Small letters, and without the marks on them that people leave out (`si`, `nao`, `hayır`). */
function bare(word: string): string {
  return word.toLowerCase().replaceAll('ı', 'i').normalize('NFD').replace(/\p{M}/gu, '');
}

const made = new Map<Language, (word: string) => 'true' | 'false' | undefined>();

/** Reads a language's words for yes and no, whatever their case: what they mean, undefined for all others. */
export function yesNoReader(language: Language): (word: string) => 'true' | 'false' | undefined {
  const known = made.get(language);
  if (known) return known;
  const words = new Map<string, 'true' | 'false'>();
  const { yesstr, nostr } = messages[language];
  for (const word of yesstr.split(':')) words.set(bare(word), 'true');
  for (const word of nostr.split(':')) words.set(bare(word), 'false');
  const [yes, no_] = truths[language] ?? [];
  if (yes !== undefined) words.set(bare(yes), 'true');
  if (no_ !== undefined) words.set(bare(no_), 'false');
  const read = (word: string) => (word.length > 12 ? undefined : words.get(bare(word.trim())));
  made.set(language, read);
  return read;
}
