import { addDays, addMonths, type Day, editionOn } from '@okienko/contracts/calendar';
import type { DeadlineKind } from '../deadlines/deadlines';
import { addWorkingDays, nextWorkingDay } from './working-days';

/** How long a clock runs: data with validity dates, so that a matter keeps the clock it began under. */
export interface ClockTerms {
  readonly validFrom: Day;
  readonly length: number;
  readonly unit: 'CALENDAR_DAYS' | 'WORKING_DAYS' | 'MONTHS';
  /** Calendar days before the last one on which its approach is told. */
  readonly warnDaysBefore: number;
  readonly basis: string;
  /** Where the Act sets no term it is the centre's own, and the centre may choose another. */
  readonly setBy: 'LAW' | 'CENTRE';
  /** A term of a party: it does not end on a Saturday or a day free by law (KPA art. 57 § 4). */
  readonly isOfParty?: true;
  /** A term of Union law: whomever it binds, it ends with the next working day too (Regulation (EEC, Euratom) 1182/71, art. 3(4)). */
  readonly isOfUnion?: true;
  /** Once it has passed there is nothing left to do: a right has lapsed. */
  readonly lapses?: true;
  /** Once, and for a reason, it may be made longer by so much. */
  readonly prolongableBy?: number;
}

type History = readonly [...ClockTerms[], ClockTerms];
const law = (terms: Omit<ClockTerms, 'validFrom' | 'setBy'>): ClockTerms => ({
  validFrom: '2020-01-01',
  setBy: 'LAW',
  ...terms,
});
const ours = (terms: Omit<ClockTerms, 'validFrom' | 'setBy'>): ClockTerms => ({ ...law(terms), setBy: 'CENTRE' });
const days = (length: number, warnDaysBefore: number, basis: string) =>
  ({ length, unit: 'CALENDAR_DAYS', warnDaysBefore, basis }) as const;
const workingDays = (length: number, warnDaysBefore: number, basis: string) =>
  ({ length, unit: 'WORKING_DAYS', warnDaysBefore, basis }) as const;
const months = (length: number, warnDaysBefore: number, basis: string) =>
  ({ length, unit: 'MONTHS', warnDaysBefore, basis }) as const;

/** Of each kind the newest first. One of no length ends on the day that it is counted from: the last of a plan, the one set for a payment. */
export const clocks: Readonly<Record<DeadlineKind, History>> = {
  QUALIFICATION: [law(months(1, 7, 'KPA art. 35 § 3'))],
  COMPLETION: [law({ ...days(7, 2, 'KPA art. 64 § 2'), isOfParty: true })],
  FORWARDING: [ours(workingDays(3, 1, 'art. 38(1)'))],
  PLACE_OFFER_ANSWER: [ours({ ...days(7, 2, 'art. 42(2)'), isOfParty: true })],
  APPEAL: [law({ ...days(14, 3, 'KPA art. 129 § 2'), isOfParty: true, lapses: true })],
  APPEAL_HANDOVER: [law(days(7, 2, 'KPA art. 133'))],
  PLAN_DRAFT: [law(days(30, 7, 'art. 40'))],
  PLAN_APPROVAL: [ours(days(7, 2, 'art. 41(1)'))],
  PLAN_END: [law(days(0, 30, 'art. 40'))],
  MONITORING: [ours(days(30, 5, 'art. 45(1)'))],
  CLOSING_TALK: [ours(days(14, 3, 'art. 45(2)'))],
  PLANS_SUMMARY: [law(months(6, 30, 'art. 46(1)'))],
  COORDINATORS_MEETING: [law(months(3, 14, 'art. 46(2)'))],
  REFERRAL_ANSWER: [ours(workingDays(3, 1, 'art. 45(1)'))],
  LATER_INDICATORS: [law(days(28, 7, 'Regulation (EU) 2021/1057, annex I'))],
  PROVIDER_REQUEST: [ours(workingDays(5, 2, 'art. 45(1)'))],
  FEE_PAYMENT: [law({ ...days(0, 3, 'art. 43(1)'), isOfParty: true })],
  ERASURE_ANSWER: [law({ ...months(1, 7, 'GDPR art. 12(3)'), isOfUnion: true, prolongableBy: 2 })],
};

export const clockOn = (kind: DeadlineKind, day: Day): ClockTerms => editionOn(clocks[kind], day);

/** One clock as it runs: first day that tells of its end, its last day, and why. */
export interface Term {
  readonly warnOn: Day;
  readonly dueOn: Day;
  readonly basis: string;
}

/**
 * A clock that runs from a day, which is not counted itself: when it warns and ends, ready for `startDeadline`. Where a call, a decision or the
 * centre has set a term of its own, that is the length.
 */
export function clockFrom(kind: DeadlineKind, from: Day, length?: number): Term {
  const terms = clockOn(kind, from);
  return clockUntil(kind, from, lastDay({ ...terms, length: length ?? terms.length }, from));
}

/** The same clock, made longer as far as it may be; of one that may not, nothing. */
export function clockProlonged(kind: DeadlineKind, from: Day): Term | undefined {
  const { length, prolongableBy } = clockOn(kind, from);
  return prolongableBy === undefined ? undefined : clockFrom(kind, from, length + prolongableBy);
}

/** A clock that ends on a day that somebody else has set. */
export function clockUntil(kind: DeadlineKind, from: Day, dueOn: Day): Term {
  const { warnDaysBefore, basis } = clockOn(kind, from);
  return { warnOn: addDays(dueOn, -warnDaysBefore), dueOn, basis };
}

function lastDay({ length, unit, isOfParty, isOfUnion }: ClockTerms, from: Day): Day {
  if (unit === 'WORKING_DAYS') return addWorkingDays(from, length);
  const day = unit === 'MONTHS' ? addMonths(from, length) : addDays(from, length);
  return isOfParty || isOfUnion ? nextWorkingDay(day) : day;
}
