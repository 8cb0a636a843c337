import type { Day } from './calendar';

/** A category of personal data that a programme may list (art. 5(3)(9)). */
export interface DataCategory {
  readonly code: string;
  /** In Polish, as a programme and a register of processing call it. */
  readonly name: string;
  readonly validFrom: Day;
  /** The last day on which a programme could list it. */
  readonly validTo?: Day;
  /** Special category by this article of the GDPR: 9, or 10 for convictions. */
  readonly gdpr?: 9 | 10;
  /** Whoever may collect this learns these by it. */
  readonly includes?: readonly string[];
}

const since = { validFrom: '2020-01-01' };

/** The Act has no list of its own; this one is ours. A category is ended by a day and never removed: programmes of its time list it. */
const list = [
  { code: 'IDENTITY', name: 'imię i nazwisko', ...since },
  { code: 'PESEL', name: 'numer PESEL', includes: ['AGE'], ...since },
  { code: 'AGE', name: 'data urodzenia lub wiek', ...since },
  { code: 'ADDRESS', name: 'miejsce zamieszkania lub pobytu', ...since },
  { code: 'CONTACT', name: 'dane do kontaktu', ...since },
  { code: 'HOUSEHOLD', name: 'skład gospodarstwa domowego i rodziny', ...since },
  { code: 'CAREGIVER', name: 'opiekun faktyczny lub przedstawiciel ustawowy', ...since },
  { code: 'INCOME', name: 'dochód i sytuacja majątkowa', ...since },
  { code: 'EMPLOYMENT', name: 'zatrudnienie i sytuacja na rynku pracy', ...since },
  { code: 'EDUCATION', name: 'nauka i wykształcenie', ...since },
  { code: 'HOUSING', name: 'warunki mieszkaniowe', ...since },
  { code: 'SERVICES_USED', name: 'usługi i świadczenia, z których osoba korzysta', ...since },
  { code: 'HEALTH', name: 'stan zdrowia', gdpr: 9, includes: ['DISABILITY', 'ADDICTION'], ...since },
  { code: 'DISABILITY', name: 'niepełnosprawność', gdpr: 9, ...since },
  { code: 'ADDICTION', name: 'uzależnienie', gdpr: 9, ...since },
  { code: 'ORIGIN', name: 'pochodzenie, narodowość lub wyznanie', gdpr: 9, ...since },
  { code: 'VIOLENCE', name: 'doznawanie lub stosowanie przemocy', ...since },
  { code: 'CONVICTIONS', name: 'wyroki skazujące i czyny zabronione', gdpr: 10, ...since },
] as const satisfies readonly DataCategory[];

export type DataCategoryCode = (typeof list)[number]['code'];
export const dataCategories: readonly DataCategory[] = list;
/** Of every time; `isCategoryOn` tells of which. */
export const dataCategoryCodes: readonly DataCategoryCode[] = list.map(({ code }) => code);

export const isCategoryOn = (code: string, day: Day): boolean =>
  dataCategories.some((one) => one.code === code && one.validFrom <= day && day <= (one.validTo ?? day));

/** Whether data of a category may be collected by who may collect those of the scope. */
export const isCovered = (category: string, scope: readonly string[]): boolean =>
  scope.some(
    (listed) => listed === category || dataCategories.find(({ code }) => code === listed)?.includes?.includes(category),
  );
