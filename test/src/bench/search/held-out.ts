import { fold } from '@okienko/catalogue/search/polish-analysis';
import type { Chance } from '../../chance';
import type { Description, Query } from './corpus';

/**
 * Declension by the school grammar, not by our stemmer: how nominative endings of nouns and adjectives change in other cases. The first
 * ending that fits counts; a word that fits none is left as it is.
 */
const declensions: readonly (readonly [ending: RegExp, cases: readonly string[]])[] = [
  [/ość$/u, ['ości', 'ością']],
  [/(?<=[ae])nie$/u, ['nia', 'niu', 'niem']],
  [/cja$/u, ['cji', 'cję', 'cją', 'cje']],
  [/(?<=[ny])ia$/u, ['ii', 'ię', 'ią']],
  [/ka$/u, ['ki', 'kę', 'ką', 'ce', 'kom', 'kami']],
  [/ga$/u, ['gi', 'gę', 'gą', 'dze', 'gami']],
  [/(?<=[ktg])owy$/u, ['owego', 'owym', 'owych', 'owe', 'owa']],
  [/owa$/u, ['owej', 'ową', 'owych', 'owe']],
  [/owe$/u, ['owego', 'owym', 'owych', 'owymi']],
  [/(?<=[zcsn])ny$/u, ['nego', 'nym', 'nych', 'nymi']],
  [/na$/u, ['nej', 'ną', 'nych', 'ne']],
  [/(?<=[zcjwl])ne$/u, ['nego', 'nym', 'nych', 'nymi']],
  [/sk[iae]$/u, ['skiego', 'skim', 'skiej', 'skich', 'skimi']],
  [/cz[yae]$/u, ['czego', 'czej', 'czym', 'czych']],
  [/ek$/u, ['ku', 'ka', 'kiem', 'ki', 'ków', 'kom']],
  [/ent$/u, ['enta', 'entem', 'entów', 'entom']],
  [/or$/u, ['ora', 'orem', 'orów', 'orami']],
  [/tor(?=$)/u, ['tora', 'torem', 'torów']],
  [/arz$/u, ['arza', 'arzem', 'arzy', 'arzom']],
  [/um$/u, ['a', 'ów', 'om', 'ach']],
  [/ar[st]$/u, ['aru', 'arem']],
  [/ow$/u, ['owu', 'owem']],
];

const wordsIn = (text: string): string[] => text.toLowerCase().match(/\p{L}{5,}/gu) ?? [];

export function inflected(word: string, chance: Chance): string {
  const [ending, cases] = declensions.find(([one]) => one.test(word)) ?? [];
  return ending && cases ? word.replace(ending, chance.pick(cases)) : word;
}

const alphabet = [...'aąbcćdeęfghijklłmnńoóprsśtuwyzźż'];

/** One letter left out, put in, exchanged for another or for its neighbour. */
export function slipped(word: string, chance: Chance): string {
  const letters = [...word];
  const at = chance.below(letters.length - 1);
  const slips: readonly (() => void)[] = [
    () => letters.splice(at, 1),
    () => letters.splice(at, 0, chance.pick(alphabet)),
    () => letters.splice(at, 1, chance.pick(alphabet)),
    () => letters.splice(at, 2, letters[at + 1] as string, letters[at] as string),
  ];
  chance.pick(slips)();
  const typed = letters.join('');
  return typed === word ? slipped(word, chance) : typed;
}

function shuffled(words: readonly string[], chance: Chance): string[] {
  return words
    .map((word) => [chance.next(), word] as const)
    .sort(([a], [b]) => a - b)
    .map(([, word]) => word);
}

/** Alters the words of a description; nothing where they do not lend themselves to it. */
type Rule = (words: readonly string[], chance: Chance) => readonly string[] | undefined;

const changed = (before: readonly string[], after: readonly string[]): readonly string[] | undefined =>
  before.some((word, index) => word !== after[index]) ? after : undefined;

const rules: Readonly<Record<string, Rule>> = {
  inflected: (words, chance) => {
    const forms = words.map((word) => inflected(word, chance));
    return forms.every((form, index) => form !== words[index]) ? forms : undefined;
  },
  'no diacritics': (words) => changed(words, words.map(fold)),
  'inflected, no diacritics': (words, chance) => {
    const forms = rules['inflected']?.(words, chance);
    return forms && changed(forms, forms.map(fold));
  },
  typo: ([first = '', ...rest], chance) => (first.length >= 6 ? [slipped(first, chance), ...rest] : undefined),
  'inflected, no diacritics, typo': (words, chance) => {
    const [first = '', ...rest] = rules['inflected, no diacritics']?.(words, chance) ?? [];
    return first.length >= 6 ? [slipped(first, chance), ...rest] : undefined;
  },
  'word order': (words, chance) => changed(words, shuffled(words, chance)),
};

/**
 * Queries that nobody tuned anything to: two or three words of a description that no other one has together, altered by a rule. The
 * description they come from is their only answer.
 */
export function heldOut(descriptions: readonly Description[], perKind: number, chance: Chance): Query[] {
  const texts = descriptions.map(({ name, description }) => new Set(wordsIn(`${name} ${description}`)));
  const isAlone = (words: readonly string[]): boolean =>
    texts.filter((text) => words.every((word) => text.has(word))).length === 1;
  return Object.entries(rules).flatMap(([kind, rule]) => {
    const queries = new Map<string, Query>();
    for (let attempt = 0; queries.size < perKind && attempt < 1_000 * perKind; attempt += 1) {
      const { id, name, description } = chance.pick(descriptions);
      const words = [...new Set([chance.pick(wordsIn(`${name} ${description}`)), ...shuffled(wordsIn(name), chance)])];
      const picked = words.slice(0, kind === 'word order' ? 3 : 2);
      const altered = picked.length > 1 && isAlone(picked) ? rule(picked, chance) : undefined;
      if (altered) queries.set(altered.join(' '), { kind, query: altered.join(' '), expected: [id] });
    }
    return [...queries.values()];
  });
}
