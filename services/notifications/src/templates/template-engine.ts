import { Liquid } from 'liquidjs';
import type { Language } from '../recipients/recipient';
import { locales, type Words } from './words';

/** Forms of a plural in the order in which a text gives them; a count that is none of these takes the last. */
const forms: readonly Intl.LDMLPluralRule[] = ['one', 'few', 'many'];
const limits = { parseLimit: 10_000, renderLimit: 2_000, memoryLimit: 1_000 };
const engines = new Map<Language, Liquid>();

/** Texts are data: words, values and the forms of a plural. Without tags there is no branch that a trial could miss. */
export function engineFor(language: Language): Liquid {
  const known = engines.get(language);
  if (known) return known;
  const engine = new Liquid({
    ...limits,
    templates: {},
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    catchAllErrors: true,
  });
  for (const tag of Object.keys(engine.tags)) delete engine.tags[tag];
  for (const filter of Object.keys(engine.filters)) delete engine.filters[filter];
  engine.registerFilter('plural', pluralIn(language));
  engines.set(language, engine);
  return engine;
}

export const rendered = (language: Language, source: string, words: Words & { readonly text?: string }): string =>
  String(engineFor(language).parseAndRenderSync(source, words)).trim();

/** `{{ count | plural: "wiadomość", "wiadomości", "wiadomości" }}`: as many forms as the language has for whole numbers. */
function pluralIn(language: Language): (count: unknown, ...given: readonly unknown[]) => string {
  const rules = new Intl.PluralRules(locales[language]);
  const wanted = language === 'en' ? 2 : forms.length;
  return (count, ...given) => {
    if (typeof count !== 'number') throw new Error('plural needs a number, such as count');
    if (given.length !== wanted || given.some((form) => typeof form !== 'string' || form === ''))
      throw new Error(`plural needs the ${wanted} forms of this language in quotes`);
    return String(given[forms.indexOf(rules.select(count))] ?? given.at(-1));
  };
}
