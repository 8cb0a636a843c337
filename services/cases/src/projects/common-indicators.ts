import type { Indicator } from './indicator';

type Common = Pick<Indicator, 'code' | 'name'> & Partial<Indicator>;

const fromThePeriod2021To2027 = (asked: Common): Indicator => ({
  kind: 'YES_NO',
  options: [],
  askedAt: ['ENTRY'],
  mayBeRefused: false,
  validFrom: '2021-07-01',
  validTo: null,
  ...asked,
});
const choice = { kind: 'CHOICE' } as const;
/** Special categories of data: nobody has to tell them (annex I, note 1). */
const sensitive = { mayBeRefused: true } as const;
const result = { askedAt: ['EXIT', 'FOUR_WEEKS_AFTER'] } as const;

/** Asked by every project: Regulation (EU) 2021/1057, annex I. */
export const commonIndicators: readonly Indicator[] = (
  [
    {
      ...choice,
      code: 'LABOUR_STATUS',
      name: 'Status na rynku pracy',
      options: ['EMPLOYED', 'UNEMPLOYED', 'LONG_TERM_UNEMPLOYED', 'INACTIVE'],
    },
    { ...choice, code: 'AGE_BAND', name: 'Wiek', options: ['UNDER_18', 'FROM_18_TO_29', 'FROM_30_TO_54', 'FROM_55'] },
    { ...choice, code: 'EDUCATION', name: 'Wykształcenie', options: ['ISCED_0_2', 'ISCED_3_4', 'ISCED_5_8'] },
    { ...sensitive, code: 'DISABILITY', name: 'Osoba z niepełnosprawnością' },
    { code: 'THIRD_COUNTRY', name: 'Obywatel państwa trzeciego' },
    { ...sensitive, code: 'FOREIGN_BACKGROUND', name: 'Osoba obcego pochodzenia' },
    { ...sensitive, code: 'MINORITY', name: 'Osoba należąca do mniejszości' },
    { code: 'HOMELESSNESS', name: 'Osoba bezdomna lub dotknięta wykluczeniem z dostępu do mieszkań' },
    { code: 'RURAL', name: 'Osoba z obszarów wiejskich' },
    { ...result, code: 'JOB_SEARCHING', name: 'Poszukuje pracy' },
    { ...result, code: 'IN_EDUCATION', name: 'Kształci się lub szkoli' },
    { ...result, code: 'QUALIFICATION_GAINED', name: 'Uzyskała kwalifikacje' },
    { ...result, code: 'IN_EMPLOYMENT', name: 'Pracuje, także na własny rachunek' },
  ] satisfies Common[]
).map(fromThePeriod2021To2027);
