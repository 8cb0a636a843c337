// Latin as passports of Ukraine write it; letters that mean the same here share a spelling. Accents are gone by then, so й is и, ё is е.
const latin = table(
  'а:a б:b в:v г:h ґ:g д:d е:e є:e ж:zh з:z и:y і:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:cz ш:sh щ:shcz ъ: ы:y ь: э:e ю:u я:a ' +
    'ł:l đ:d ø:o æ:e œ:e ß:ss ı:i',
);

// What Polish, Ukrainian, Belarusian and Russian offices and their clients write differently for one sound, as one letter.
const sounds = table('sz:s sh:s cz:c ts:c tz:c rz:z zh:z kh:h ph:f g:h w:v q:k x:ks');
const sound = /sz|sh|cz|ts|tz|ch|rz|zh|kh|ph|[gwqx]/g;

/**
 * The parts of a name in spellings that agree however it was written down: in capitals or not, with or without diacritics, in Latin or
 * Cyrillic, with a hyphen or a space, rz or ż, ó or u, ch or h. The rule, in order:
 *
 * 1. small letters without accents, apostrophes and soft signs; Cyrillic letter by letter into Latin;
 * 2. hissing and hushing sounds are one (s sz ś sh ш; z ż ź rz zh ж; c cz ć ts ц ч), g, h, kh and х are one, w is v, x is ks;
 * 3. ch is h, as in Chmiel, and also c, as in Shevchenko: a part that has it gets both spellings;
 * 4. vowels with y and j tell only that there is one, so that o and a, ó and u, ie and e, -ski and -ський agree; double letters are single.
 *
 * It brings spellings of one name together (Олександр, Oleksandr, Aleksandr), not its forms in two languages (Микола and Николай, Piotr and Петро).
 */
export function spellingsOf(name: string): string[] {
  const text = name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{M}'’ʼʹ`.]/gu, '')
    .replaceAll(/\p{L}/gu, (letter) => latin.get(letter) ?? letter);
  const parts = text.split(/\P{L}+/u).flatMap((part) => ['h', 'c'].map((ch) => canonical(part, ch)));
  return [...new Set(parts.filter((part) => part !== ''))].sort();
}

const canonical = (part: string, ch: string): string =>
  part
    .replaceAll(sound, (found) => sounds.get(found) ?? ch)
    .replaceAll(/[aeiouyj]+/g, 'a')
    .replaceAll(/(.)\1+/gu, '$1');

function table(pairs: string): ReadonlyMap<string, string> {
  return new Map(pairs.split(' ').map((pair) => pair.split(':') as [string, string]));
}
