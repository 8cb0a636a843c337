/**
 * What an offer is found by: Polish words, lower-cased, without diacritics, cut down to a light stem. The same function reads offers and
 * queries, so the database needs no dictionary files and no extension.
 */

/** Stored with every vector: another number makes all of them anew. */
export const analysis = 2;

const letters = new Map([...'ąćęłńóśźż'].map((letter, index) => [letter, 'acelnoszz'[index] ?? letter]));

export const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ąćęłńóśźż]/g, (letter) => letters.get(letter) ?? letter);

// Longest first within a last letter; the first that fits is cut off.
const suffixes = (
  'iejszego iejszych iejszym iejszej osciami osciach osciom iejsza iejsze iejszy oscia osci osc iami iach iowi iego iemu ' +
  'iom iem iow iej ymi imi ego emu ami ach owi ych ich ium um om ow em ej ym im ie ia iu io a e i o u y'
).split(' ');

const irregular = new Map(
  Object.entries({
    dziecko: 'dzieci dziecmi dzieciom dzieciach',
    czlowiek: 'ludzi ludzie ludziom ludzmi ludziach',
    rok: 'lat lata latach latami',
    reka: 'rece rekach rekami',
    brat: 'bracia braci braciom',
  }).flatMap(([lemma, forms]) => forms.split(' ').map((form): [string, string] => [form, lemma])),
);

const stopWords = new Set(
  fold(
    'a aby albo ale ani bardzo bez bo by być był była było były chcę chciałabym chciałbym czy czego dla do dostać dostanę gdy gdzie go i ich ' +
      'ile im inne iż ja jak jaka jaki jakie jakiś jako je jego jej jest jestem jeśli już każdy kiedy komu kto która które którego której ' +
      'który których którym którzy lub ma mam mi mieć mnie mogą mogę mojej mojego może można mój moja mu my na nad nam nas nie niż no o ' +
      'od on ona one oni oraz po pod podczas potrzebuję potrzebny proszę przed przez przy są się sobie szukam swoje ta także tak tam te ' +
      'tego tej ten też to tu tym u w we wraz z za ze że żeby',
  ).split(' '),
);

/** A light stem: one ending cut off, soft consonants hardened, a fleeting e left out. */
export function stemOf(word: string): string {
  const folded = fold(word);
  const form = irregular.get(folded) ?? folded;
  if (form.length <= 3 || /\d/.test(form)) return form;
  const suffix = suffixes.find((one) => form.endsWith(one) && form.length - one.length >= 3) ?? '';
  const soft = suffix.startsWith('i');
  let stem = form.slice(0, form.length - suffix.length);
  if (stem.endsWith('c')) stem = `${stem.slice(0, -1)}${soft ? 't' : 'k'}`;
  else if (stem.endsWith('dz')) stem = `${stem.slice(0, -2)}${soft ? 'd' : 'g'}`;
  if (stem.length >= 5 && stem.endsWith('ek')) return `${stem.slice(0, -2)}k`;
  if (stem.length >= 5 && stem.endsWith('ec')) return `${stem.slice(0, -2)}c`;
  return stem;
}

export interface Word {
  readonly word: string;
  readonly stem: string;
}

/** Words that say something, in their order. */
export const wordsOf = (text: string): Word[] =>
  (text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !stopWords.has(fold(word)))
    .map((word) => ({ word, stem: stemOf(word) }));

// PostgreSQL counts positions up to here, and keeps so many of one lexeme.
const lastPosition = 16_383;
const mostPlaces = 200;

/** A text search vector as PostgreSQL reads it: each stem with its places and the weight of its field. */
export function vectorOf(fields: readonly { readonly weight: 'A' | 'B' | 'C' | 'D'; readonly text: string }[]): string {
  const places = new Map<string, string[]>();
  let position = 0;
  for (const { weight, text } of fields)
    for (const { stem } of wordsOf(text)) {
      position = Math.min(position + 1, lastPosition);
      const known = places.get(stem) ?? [];
      if (known.length < mostPlaces) known.push(`${position}${weight}`);
      places.set(stem, known);
    }
  return [...places].map(([stem, at]) => `'${stem}':${at.join(',')}`).join(' ');
}
