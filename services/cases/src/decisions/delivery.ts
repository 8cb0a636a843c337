import { addDays, type Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import { termsOn } from '../terms/statutory-terms';

export type DeliveryChannel = 'E_DORECZENIA' | 'POST' | 'IN_PERSON';

export interface Delivery {
  readonly deliveredOn: Day;
  readonly channel: DeliveryChannel;
  /** First notice of a letter that nobody took: the law counts it as delivered some days later. */
  readonly noticeLeftOn?: Day;
  /** Last day on which an appeal may be filed. */
  readonly appealUntil: Day;
}

export class DeliveryDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'delivery-date-wrong';
  constructor() {
    super(
      'A decision is delivered between the day it was issued and today: received on a day, or left with a first notice so many days ago (KPA art. 44). Tell one of the two.',
    );
  }
}

/** The day of receipt, or the last day of keeping a letter that nobody took (KPA art. 44 § 4). */
export function deliveryDay(receivedOn: Day | undefined, noticeLeftOn: Day | undefined): Day {
  if (receivedOn !== undefined && noticeLeftOn === undefined) return receivedOn;
  if (noticeLeftOn === undefined || receivedOn !== undefined) throw new DeliveryDateWrong();
  return addDays(noticeLeftOn, termsOn(noticeLeftOn).fictionDays);
}
