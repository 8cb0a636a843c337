import { type Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type Delivery, type DeliveryChannel, DeliveryDateWrong } from '../decisions/delivery';
import { clockFrom } from '../terms/clocks';
import { DecisionNotFinal } from './fee-errors';

/** The decision on an unpaid fee (art. 43(2)). Its reasons are among the sealed words of the fee. */
export interface FeeDecision {
  readonly id: string;
  readonly number: string;
  readonly legalBasis: string;
  readonly authorisationId: string;
  readonly grosze: number;
  readonly appealDays: number;
  readonly issuedBy: string;
  readonly issuedOn: Day;
  readonly delivery?: Delivery;
  readonly enforcedOn?: Day;
}

type Delivered = FeeDecision & { readonly delivery: Delivery };

/** The term for an appeal runs from delivery, whose own day is not counted (KPA art. 57 § 1, 4, 129 § 2). */
export function delivered(decision: FeeDecision, deliveredOn: Day, channel: DeliveryChannel, today: Day): Delivered {
  if (decision.delivery) throw new NotInState('decision', 'delivered', 'DELIVERED');
  if (deliveredOn < decision.issuedOn || today < deliveredOn) throw new DeliveryDateWrong();
  const { dueOn: appealUntil } = clockFrom('APPEAL', deliveredOn, decision.appealDays);
  return { ...decision, delivery: { deliveredOn, channel, appealUntil } };
}

/** What may still be appealed against is not enforced. */
export function enforced(decision: FeeDecision, startedOn: Day, today: Day): FeeDecision {
  if (decision.enforcedOn) throw new NotInState('decision', 'enforced', 'ENFORCED');
  if (!decision.delivery || startedOn <= decision.delivery.appealUntil || today < startedOn)
    throw new DecisionNotFinal();
  return { ...decision, enforcedOn: startedOn };
}
