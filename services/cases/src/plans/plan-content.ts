import { type Day, lastDayOfYears } from '@okienko/contracts/calendar';
import { termsOn } from '../terms/statutory-terms';
import { ItemNotQualified, PeriodReversed, PlanTooLong } from './plan-errors';

export const unitsOfMeasure = ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'] as const;
export type UnitOfMeasure = (typeof unitsOfMeasure)[number];

/** A service of the plan without its free texts. */
export interface PlanItem {
  readonly itemId: string;
  readonly offerId: string;
  readonly providerId: string;
  readonly quantity: number;
  readonly unit: UnitOfMeasure;
}

/** What a plan says in free words (art. 39(2)–(3)); kept encrypted. */
export interface PlanTexts {
  readonly items: readonly { readonly itemId: string; readonly place: string; readonly schedule: string }[];
  readonly supportingActivities: readonly string[];
  readonly goals: readonly string[];
}

/** Content of a plan (art. 39): services, their way of execution, and the period. */
export interface PlanContent {
  readonly from: Day;
  readonly to: Day;
  readonly items: readonly PlanItem[];
  /** Ciphertext of `PlanTexts`. */
  readonly texts: Buffer;
}

export interface QualifiedItems {
  isQualified(itemId: string): boolean;
}

/** One year from 1 March ends on the last of February (art. 40). */
export function assertPeriod(from: Day, to: Day): void {
  if (to < from) throw new PeriodReversed();
  if (to > lastDayOfYears(from, termsOn(from).planYears)) throw new PlanTooLong();
}

export function assertQualified(items: readonly { readonly itemId: string }[], application: QualifiedItems): void {
  if (!items.every(({ itemId }) => application.isQualified(itemId))) throw new ItemNotQualified();
}
