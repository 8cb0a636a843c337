import { type Day, lastDayOfYears } from '@okienko/contracts/calendar';
import { termsOn } from '../terms/statutory-terms';
import { ItemNotQualified, PeriodReversed, PlanIncomplete, PlanTooLong } from './plan-errors';

export const unitsOfMeasure = ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'] as const;
export type UnitOfMeasure = (typeof unitsOfMeasure)[number];
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];
export const placeKinds = ['PERSONS_HOME', 'CENTRE', 'PROVIDERS', 'ELSEWHERE'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** Days and hours that come again every week, or every so many weeks. */
export interface TimetableEntry {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
  readonly everyWeeks?: number;
}

/** A service of the plan without its free texts. */
export interface PlanItem {
  readonly itemId: string;
  readonly offerId: string;
  readonly providerId: string;
  readonly quantity: number;
  readonly unit: UnitOfMeasure;
  readonly timetable?: readonly TimetableEntry[];
  readonly placeKind?: PlaceKind;
  readonly placeId?: string;
  /** What art. 39(2) wants of it and nobody has said yet, neither in words nor in codes. */
  readonly lacks?: readonly ('schedule' | 'place')[];
}

/** What a plan says in free words (art. 39(2)–(3)); kept encrypted. */
export interface PlanTexts {
  /** Empty where it was said in codes alone. */
  readonly items: readonly { readonly itemId: string; readonly place: string; readonly schedule: string }[];
  readonly supportingActivities: readonly string[];
  readonly supportingActivityIds?: readonly string[];
  readonly goals: readonly string[];
  readonly indicators?: readonly string[];
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

/** Schedule, performing entity and place of every service (art. 39(2)). Its entity no item is without. */
export function assertComplete(items: readonly PlanItem[]): void {
  const missing = items.flatMap(({ lacks = [] }, index) => lacks.map((what) => `/items/${index}/${what}`));
  if (missing.length > 0) throw new PlanIncomplete(missing);
}
