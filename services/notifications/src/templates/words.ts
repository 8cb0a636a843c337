import type { Day } from '@okienko/contracts/calendar';
import type { Language } from '../recipients/recipient';
import type { LetterFacts, Word } from './letter-facts';

/** What a text is told, in the language of whoever reads it. The count alone is a number: it decides on a plural. */
export type Words = { readonly centre: string } & { readonly [W in Word]?: string | number };

export const locales: Readonly<Record<Language, string>> = {
  pl: 'pl-PL',
  'pl-x-etr': 'pl-PL',
  uk: 'uk-UA',
  en: 'en-GB',
};

const inPolish = { CENTRE: 'w naszym Centrum', PLACE_OF_STAY: 'u Ciebie, w miejscu, w którym przebywasz' };
const places: Readonly<Record<Language, typeof inPolish>> = {
  pl: inPolish,
  'pl-x-etr': { ...inPolish, PLACE_OF_STAY: 'u Ciebie' },
  uk: { CENTRE: 'у нашому Центрі', PLACE_OF_STAY: 'у Вас, там, де Ви перебуваєте' },
  en: { CENTRE: 'at our Centre', PLACE_OF_STAY: 'at the place where you are staying' },
};

interface Formats {
  readonly when: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly money: Intl.NumberFormat;
}
const made = new Map<Language, Formats>();

/** Days and hours as calendars and clocks in Poland show them. Making one takes longer than using it a hundred times. */
function formatsIn(language: Language): Formats {
  const known = made.get(language);
  if (known) return known;
  const moments = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locales[language], { timeZone: 'Europe/Warsaw', ...options });
  const formats: Formats = {
    when: moments({ dateStyle: 'full', timeStyle: 'short' }),
    day: moments({ weekday: 'long', day: 'numeric', month: 'long' }),
    time: moments({ timeStyle: 'short' }),
    date: moments({ dateStyle: 'full' }),
    money: new Intl.NumberFormat(locales[language], { style: 'currency', currency: 'PLN' }),
  };
  made.set(language, formats);
  return formats;
}

export function wordsIn(language: Language, centre: string, facts: LetterFacts): Words {
  const { scheduledFor, place, answerBy, dueOn, openGrosze, count } = facts;
  const { when, day, time, date, money } = formatsIn(language);
  const at = scheduledFor === undefined ? undefined : new Date(scheduledFor);
  const inFull = (one: Day): string => date.format(new Date(`${one}T12:00:00Z`));
  return {
    centre,
    ...(at && { when: when.format(at), day: day.format(at), time: time.format(at) }),
    ...(place !== undefined && { where: places[language][place === 'PLACE_OF_STAY' ? place : 'CENTRE'] }),
    ...(answerBy !== undefined && { answerBy: inFull(answerBy) }),
    ...(dueOn !== undefined && { dueOn: inFull(dueOn) }),
    ...(openGrosze !== undefined && { amount: money.format(openGrosze / 100) }),
    ...(count !== undefined && { count }),
  };
}
