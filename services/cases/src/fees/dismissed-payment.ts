import type { Day } from '@okienko/contracts/calendar';
import { paymentDismissedV1 } from '@okienko/contracts/cases/payment-dismissed.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';

/** That a payment is for no fee; the id is the payment's. */
export class DismissedPayment {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly grosze: number,
    readonly reasonCode: string,
    readonly dismissedBy: string,
    readonly dismissedOn: Day,
  ) {}

  static dismiss(id: string, grosze: number, reasonCode: string, by: string, today: Day): DismissedPayment {
    return new DismissedPayment(id, 0, grosze, reasonCode, by, today);
  }

  dismissed(): DomainEvent<typeof paymentDismissedV1> {
    const { dismissedOn, grosze, reasonCode } = this;
    return event(paymentDismissedV1, this.id, { dismissedOn, grosze, reasonCode });
  }
}
