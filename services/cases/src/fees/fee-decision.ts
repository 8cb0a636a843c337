import { type Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type Appeal, type AppealChannel, AppealLate, assertInSequence, type Ruling } from '../decisions/appeal';
import { assertMayBecome, type DecisionState, standsIn } from '../decisions/decision-states';
import { type Delivery, type DeliveryChannel, DeliveryDateWrong } from '../decisions/delivery';
import { clockFrom } from '../terms/clocks';
import { DecisionNotFinal } from './fee-errors';

/** The decision on an unpaid fee (art. 43(2)), and what becomes of an appeal against it (art. 48). Its reasons are among the sealed words of the fee. */
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
  readonly appeal?: Appeal;
  /** From the first appeal on; before it the delivery says all. */
  readonly state?: DecisionState;
  readonly enforcedOn?: Day;
}

type Delivered = FeeDecision & { readonly delivery: Delivery };
type Appealed = FeeDecision & { readonly appeal: Appeal };

export const stateOfDecision = ({ state, delivery }: FeeDecision): DecisionState =>
  state ?? (delivery ? 'DELIVERED' : 'ISSUED');
export const stands = (decision: FeeDecision): boolean => standsIn(stateOfDecision(decision));

/** The term for an appeal runs from delivery, whose own day is not counted (KPA art. 57 § 1, 4, 129 § 2). */
export function delivered(
  decision: FeeDecision,
  deliveredOn: Day,
  channel: DeliveryChannel,
  today: Day,
  noticeLeftOn?: Day,
): Delivered {
  assertMayBecome(stateOfDecision(decision), 'DELIVERED', 'delivered');
  if ((noticeLeftOn ?? deliveredOn) < decision.issuedOn || today < deliveredOn) throw new DeliveryDateWrong();
  const { dueOn: appealUntil } = clockFrom('APPEAL', deliveredOn, decision.appealDays);
  const notice = noticeLeftOn === undefined ? {} : { noticeLeftOn };
  return { ...decision, delivery: { deliveredOn, channel, appealUntil, ...notice } };
}

export function appealed(decision: FeeDecision, filedOn: Day, channel: AppealChannel, today: Day): Appealed {
  assertMayBecome(stateOfDecision(decision), 'APPEALED', 'appealed against');
  const { deliveredOn = '', appealUntil = '' } = decision.delivery ?? {};
  assertInSequence(deliveredOn, filedOn, today);
  return { ...decision, state: 'APPEALED', appeal: { filedOn, channel, inTime: filedOn <= appealUntil } };
}

/** To the appeal body, with the files (KPA art. 133). */
export const handedOver = (decision: FeeDecision, handedOverOn: Day, today: Day): FeeDecision =>
  goneOn(decision, 'HANDED_OVER', { handedOverOn }, handedOverOn, today);

/** The centre grants the whole appeal itself (KPA art. 132): the decision stands no longer. */
export function reviewed(decision: FeeDecision, today: Day): FeeDecision {
  const after = goneOn(decision, 'REVIEWED', { endedOn: today }, today);
  if (decision.appeal?.inTime === false) throw new AppealLate();
  return after;
}

export const ruled = (decision: FeeDecision, ruling: Ruling, ruledOn: Day, today: Day): FeeDecision =>
  goneOn(decision, ruling, { endedOn: ruledOn }, ruledOn, today);

export const appealWithdrawn = (decision: FeeDecision, withdrawnOn: Day, today: Day): FeeDecision =>
  goneOn(decision, 'APPEAL_WITHDRAWN', { endedOn: withdrawnOn }, withdrawnOn, today);

function goneOn(
  decision: FeeDecision,
  next: DecisionState,
  more: Partial<Appeal>,
  ...days: readonly Day[]
): FeeDecision {
  const state = stateOfDecision(decision);
  assertMayBecome(state, next, 'changed by what became of an appeal');
  const { appeal } = decision as Appealed;
  assertInSequence(appeal.filedOn, appeal.handedOverOn ?? appeal.filedOn, ...days);
  return { ...decision, state: next, appeal: { ...appeal, ...more } };
}

/** What may still be appealed against, or is appealed against in time and not ruled on, is not enforced (KPA art. 130). */
export function enforced(decision: FeeDecision, startedOn: Day, today: Day): FeeDecision {
  if (decision.enforcedOn) throw new NotInState('decision', 'enforced', 'ENFORCED');
  if (!stands(decision)) throw new NotInState('decision', 'enforced', stateOfDecision(decision));
  if (!isFinalOn(decision, startedOn) || today < startedOn) throw new DecisionNotFinal();
  return { ...decision, enforcedOn: startedOn };
}

/** Whether a late appeal is heard is for the appeal body to say; until then the decision is final (KPA art. 134). */
function isFinalOn(decision: FeeDecision, day: Day): boolean {
  const { delivery, appeal } = decision;
  if (!delivery || day <= delivery.appealUntil) return false;
  if (!appeal?.inTime) return true;
  const state = stateOfDecision(decision);
  return (state === 'UPHELD' || state === 'APPEAL_WITHDRAWN') && (appeal.endedOn ?? '') <= day;
}
