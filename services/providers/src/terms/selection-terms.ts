import { type Day, editionOn } from '@okienko/contracts/calendar';

/** A term of the law on choosing who performs a service, with the days on which it counts. */
export interface Term {
  readonly validFrom: Day;
  readonly value: number;
  readonly basis: string;
}

type History = readonly [...Term[], Term];

/** Of each the newest first. Amounts are in grosze. */
export const selectionTerms = {
  /** Days between the notice of an open competition and the last day for offers, at least. */
  competitionNoticeDays: [{ validFrom: '2011-03-12', value: 21, basis: 'Public Benefit Act art. 13(1)' }],
  /** Years for which a public task is given at most. */
  competitionYears: [{ validFrom: '2004-06-24', value: 5, basis: 'Public Benefit Act art. 16(4)' }],
  smallGrantDays: [{ validFrom: '2010-03-12', value: 90, basis: 'Public Benefit Act art. 19a(1)(2)' }],
  smallGrantGrosze: [{ validFrom: '2010-03-12', value: 10_000_00, basis: 'Public Benefit Act art. 19a(1)(1)' }],
  /** What one organisation gets by small grants in a calendar year, at most. */
  smallGrantYearGrosze: [{ validFrom: '2010-03-12', value: 20_000_00, basis: 'Public Benefit Act art. 19a(6)' }],
  /** Days after the end of a task within which the body that performed it reports. */
  reportDays: [{ validFrom: '2004-01-01', value: 30, basis: 'Public Benefit Act art. 18(1)' }],
  procurementGrosze: [
    { validFrom: '2026-01-01', value: 170_000_00, basis: 'Public Procurement Law art. 2(1)(1)' },
    { validFrom: '2021-01-01', value: 130_000_00, basis: 'Public Procurement Law art. 2(1)(1)' },
  ],
  /** 750,000 EUR at the rate that the Public Procurement Office announces. */
  socialServicesGrosze: [{ validFrom: '2024-01-01', value: 3_477_750_00, basis: 'Public Procurement Law art. 359' }],
} satisfies Record<string, History>;

export const selectionTermOn = (name: keyof typeof selectionTerms, day: Day): Term =>
  editionOn<Term>(selectionTerms[name] as History, day);
