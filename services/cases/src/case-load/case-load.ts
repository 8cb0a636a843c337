import type { Principal } from '@okienko/chassis/access';
import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import { unitOf } from '../access/visibility';
import { halfYearBefore, halfYearShape, type Period } from './period';

/** What a unit has in hand now, and how long things took in a period. Counts of matters; nobody is named but staff and contractors. */
export interface CaseLoad {
  readonly coordinators: readonly CoordinatorLoad[];
  /** Open applications by age, in the order of `ageBands`. */
  readonly ages: readonly number[];
  /** Plans drafted in the period: within the term of art. 40, and later. */
  readonly drafting: { readonly inTime: number; readonly late: number };
  readonly waiting: readonly ServiceWaiting[];
  /** Answers of contractors to referrals in the period. */
  readonly referrals: readonly ReferralAnswers[];
  /** Days from filing, of matters that came so far in the period. */
  readonly durations: readonly Duration[];
}

export interface CoordinatorLoad {
  /** Account; null for what nobody in particular has in hand. */
  readonly coordinator: string | null;
  readonly openApplications: number;
  readonly plansInForce: number;
  readonly openDeadlines: number;
}

export interface ServiceWaiting {
  readonly programmeId: string;
  readonly serviceCode: string;
  readonly waiting: number;
  readonly medianDays: number;
}

export interface ReferralAnswers {
  readonly providerId: string;
  readonly accepted: number;
  readonly declined: number;
}

export interface Duration {
  readonly until: 'QUALIFICATION' | 'DRAFT' | 'FIRST_DELIVERY';
  readonly matters: number;
  readonly medianDays: number | null;
}

/** First days of the bands by which the age of open applications is told. */
export const ageBands = [0, 15, 31, 61] as const;

export class FiguresTooFine extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'figures-too-fine';
  override readonly basis = 'art. 46(1)';
  constructor() {
    super(
      'Outside the unit its figures are told as a whole, for a half-year that is over. Leave gmina out and ask for one.',
    );
  }
}

export const isInside = (caller: Principal, unit: string): boolean => unitOf(caller) === unit;

/** Of finer figures two answers could be compared, and what each of them withholds be found. */
export function assertTellableOutside(period: Period, gmina: string | undefined, today: Day): void {
  if (gmina !== undefined || !halfYearShape.test(period) || period > halfYearBefore(today)) throw new FiguresTooFine();
}
