import type { DisabilityDegree, Period } from './criteria';

type Forms = readonly [one: string, few: string, many: string];

const rules = new Intl.PluralRules('pl');

/** A number with its noun: 1 rok, 2 lata, 5 lat. */
export function counted(count: number, [one, few, many]: Forms): string {
  const form = { one, few, many }[rules.select(count) as 'one' | 'few' | 'many'] ?? few;
  return `${new Intl.NumberFormat('pl').format(count)} ${form}`;
}

export const years: Forms = ['rok', 'lata', 'lat'];
export const persons: Forms = ['osoba', 'osoby', 'osób'];

const periodForms: Record<Period, Forms> = {
  DAY: ['dzień', 'dni', 'dni'],
  WEEK: ['tydzień', 'tygodnie', 'tygodni'],
  MONTH: ['miesiąc', 'miesiące', 'miesięcy'],
  YEAR: years,
};
/** "once per …" */
export const onceIn = (length: number, period: Period): string =>
  length === 1 ? `na ${periodForms[period][0]}` : `na ${counted(length, periodForms[period])}`;

export const inOne: Record<Period, string> = {
  DAY: 'dziennie',
  WEEK: 'w tygodniu',
  MONTH: 'w miesiącu',
  YEAR: 'w roku',
};

/** Units that the law and practice of section F of the domain name; another one is told by its code. */
const unitForms: Readonly<Record<string, Forms>> = {
  HOUR: ['godzina', 'godziny', 'godzin'],
  RIDE: ['przejazd', 'przejazdy', 'przejazdów'],
  DAY: ['dzień', 'dni', 'dni'],
  VISIT: ['wizyta', 'wizyty', 'wizyt'],
  MEAL: ['posiłek', 'posiłki', 'posiłków'],
  PLACE: ['miejsce', 'miejsca', 'miejsc'],
};
export const units = (count: number, unit: string): string => {
  const forms = unitForms[unit];
  return forms ? counted(count, forms) : `${new Intl.NumberFormat('pl').format(count)} × ${unit}`;
};

export const degreeNames: Record<DisabilityDegree | 'NONE', string> = {
  SIGNIFICANT: 'znaczny stopień niepełnosprawności',
  MODERATE: 'umiarkowany stopień niepełnosprawności',
  LIGHT: 'lekki stopień niepełnosprawności',
  CHILD: 'orzeczenie o niepełnosprawności dziecka',
  NONE: 'brak orzeczenia o niepełnosprawności',
};

const either = new Intl.ListFormat('pl', { type: 'disjunction' });
const all = new Intl.ListFormat('pl', { type: 'conjunction' });
export const orList = (parts: readonly string[]): string => either.format(parts);
export const andList = (parts: readonly string[]): string => all.format(parts);

/** At least, at most, or between: without a bound, an empty text. */
export function bounds(from: number | undefined, to: number | undefined, forms: Forms): string {
  if (from !== undefined && from === to) return `dokładnie ${counted(from, forms)}`;
  if (from !== undefined && to !== undefined) return `od ${from} do ${counted(to, [forms[2], forms[2], forms[2]])}`;
  if (from !== undefined) return `co najmniej ${counted(from, forms)}`;
  return to === undefined ? '' : `najwyżej ${counted(to, forms)}`;
}
