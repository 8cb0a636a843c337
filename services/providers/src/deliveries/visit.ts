import { type Day, dayOf } from '@okienko/contracts/calendar';
import { DeliveredInFuture } from '../service-orders/delivery-rules';
import { AbsenceCauseMismatch, DeliveredTimesWrong } from './delivery-errors';

export const outcomes = ['DELIVERED', 'CLIENT_ABSENT', 'PROVIDER_ABSENT', 'CANCELLED'] as const;
export type Outcome = (typeof outcomes)[number];

/** Why nothing was delivered. None of them tells of anybody's health. */
export const absenceCauses = [
  'NOT_AT_HOME',
  'NO_ENTRY',
  'CALLED_OFF_BY_CLIENT',
  'AWAY',
  'STAFF_UNAVAILABLE',
  'TRANSPORT',
  'WEATHER',
  'OTHER',
] as const;
export type AbsenceCause = (typeof absenceCauses)[number];

/** What was done for a person on a day, as the provider tells it. */
export interface Visit {
  readonly deliveredOn: Day;
  /** In the unit of the order; of a visit that was missed, how much was to be delivered. */
  readonly quantity: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly performerId: string | null;
  readonly placeId: string | null;
  readonly outcome: Outcome;
  readonly absenceCause: AbsenceCause | null;
}

/** As it arrives: what is not said may be absent. */
export interface Told {
  readonly deliveredOn: Day;
  readonly quantity: number;
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  readonly performerId?: string | undefined;
  readonly placeId?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly absenceCause?: AbsenceCause | undefined;
}

/** A stretch of time in which a performer is with somebody. */
export interface Busy {
  readonly performerId: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

const longestVisit = 24 * 60 * 60 * 1000;

export function visitOf(told: Told, now: Date): Visit {
  const visit: Visit = {
    deliveredOn: told.deliveredOn,
    quantity: told.quantity,
    startedAt: momentOf(told.startedAt),
    endedAt: momentOf(told.endedAt),
    performerId: told.performerId ?? null,
    placeId: told.placeId ?? null,
    outcome: told.outcome ?? 'DELIVERED',
    absenceCause: told.absenceCause ?? null,
  };
  checkTimes(visit, now);
  if ((visit.outcome === 'DELIVERED') !== (visit.absenceCause === null)) throw new AbsenceCauseMismatch();
  return visit;
}

/** Units that are paid for, and so count against the order: the time of somebody who came in vain was kept for the person. */
export const countedOf = ({ outcome, quantity }: Pick<Visit, 'outcome' | 'quantity'>): number =>
  outcome === 'DELIVERED' || outcome === 'CLIENT_ABSENT' ? quantity : 0;

/** When and whom the visit occupied; nobody when it is not known. */
export function busyOf(visit: Visit): Busy | undefined {
  const { performerId, startedAt, endedAt } = visit;
  if (!performerId || !startedAt || !endedAt || countedOf(visit) === 0) return undefined;
  return { performerId, startedAt, endedAt };
}

/** One ends before the other begins, or they overlap. */
export const overlap = (one: Busy, other: Busy): boolean =>
  one.performerId === other.performerId && one.startedAt < other.endedAt && other.startedAt < one.endedAt;

export const isSame = (one: Visit, other: Visit): boolean =>
  one.deliveredOn === other.deliveredOn &&
  one.quantity === other.quantity &&
  one.startedAt?.getTime() === other.startedAt?.getTime() &&
  one.endedAt?.getTime() === other.endedAt?.getTime() &&
  one.performerId === other.performerId &&
  one.placeId === other.placeId &&
  one.outcome === other.outcome &&
  one.absenceCause === other.absenceCause;

const momentOf = (text: string | undefined): Date | null => (text ? new Date(text) : null);

function checkTimes({ deliveredOn, startedAt, endedAt }: Visit, now: Date): void {
  if (!startedAt && !endedAt) return;
  if (!startedAt || !endedAt || dayOf(startedAt) !== deliveredOn) throw new DeliveredTimesWrong();
  const length = endedAt.getTime() - startedAt.getTime();
  if (length <= 0 || length > longestVisit) throw new DeliveredTimesWrong();
  if (endedAt > now) throw new DeliveredInFuture();
}
