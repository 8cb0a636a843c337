import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How staff try to reach somebody; the law leaves it to the centre. */
export interface TaskTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Calendar days until the first try. */
  readonly dueAfter: number;
  /** Calendar days from one try in vain to the next. */
  readonly againAfter: number;
  /** After so many tries the services organiser decides what else is done. */
  readonly mostTries: number;
}

/** Newest first. */
const history: readonly [...TaskTerms[], TaskTerms] = [
  { validFrom: '2020-01-01', basis: 'rule of the centre (KPA art. 9)', dueAfter: 1, againAfter: 2, mostTries: 3 },
];

export const taskTermsOn = (day: Day): TaskTerms => editionOn(history, day);
