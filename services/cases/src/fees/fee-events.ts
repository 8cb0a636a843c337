import type { Day } from '@okienko/contracts/calendar';
import { feeAssessedV1 } from '@okienko/contracts/cases/fee-assessed.v1';
import { feeDecisionAppealHandedOverV1 } from '@okienko/contracts/cases/fee-decision-appeal-handed-over.v1';
import { feeDecisionAppealWithdrawnV1 } from '@okienko/contracts/cases/fee-decision-appeal-withdrawn.v1';
import { feeDecisionAppealedV1 } from '@okienko/contracts/cases/fee-decision-appealed.v1';
import { feeDecisionDeliveredV1 } from '@okienko/contracts/cases/fee-decision-delivered.v1';
import { feeDecisionIssuedV1 } from '@okienko/contracts/cases/fee-decision-issued.v1';
import { feeDecisionQuashedV1 } from '@okienko/contracts/cases/fee-decision-quashed.v1';
import { feeDecisionReviewedV1 } from '@okienko/contracts/cases/fee-decision-reviewed.v1';
import { feeDecisionUpheldV1 } from '@okienko/contracts/cases/fee-decision-upheld.v1';
import { feeEnforcementStartedV1 } from '@okienko/contracts/cases/fee-enforcement-started.v1';
import { feeOverdueV1 } from '@okienko/contracts/cases/fee-overdue.v1';
import { feePaidV1 } from '@okienko/contracts/cases/fee-paid.v1';
import { feeRefundedV1 } from '@okienko/contracts/cases/fee-refunded.v1';
import { feeRevisedV1 } from '@okienko/contracts/cases/fee-revised.v1';
import { feeUnitsCreditedV1 } from '@okienko/contracts/cases/fee-units-credited.v1';
import { feeUnitsSettledV1 } from '@okienko/contracts/cases/fee-units-settled.v1';
import { feeWaivedV1 } from '@okienko/contracts/cases/fee-waived.v1';
import { type DataOf, type DomainEvent, event, type EventContract } from '@okienko/contracts/event';
import type { Ruling } from '../decisions/appeal';
import { type Charge, openOf } from './charges';
import type { Fee, Payment, PaymentResult } from './fee';
import type { FeeDecision } from './fee-decision';
import { totalOf } from './instalments';

type Matter = 'applicationId' | 'itemId' | 'personId';

/** What happens to a fee, told with its amounts and never with what lies behind them. */
function told<C extends EventContract>(contract: C, fee: Fee, data: Omit<DataOf<C>, Matter>): DomainEvent<C> {
  const { applicationId, itemId, personId } = fee;
  return event(contract, fee.id, { applicationId, itemId, personId, ...data } as unknown as DataOf<C>, fee.terc);
}

export function assessed(fee: Fee): DomainEvent<typeof feeAssessedV1> {
  const { programmeVersion, per, charges, periodFrom: from, periodTo: to, price: grosze } = fee;
  const amounts = { grosze, chargedGrosze: totalOf(charges), instalments: charges.length };
  const state = fee.state === 'NOT_DUE' ? 'NOT_DUE' : 'ASSESSED';
  return told(feeAssessedV1, fee, { programmeVersion, from, to, per, ...amounts, state });
}

/** `before` are the charges as they were. */
export function revised(fee: Fee, from: Day, before: readonly Charge[]): DomainEvent<typeof feeRevisedV1> {
  const credited = (charges: readonly Charge[]): number => charges.reduce((sum, one) => sum + one.credited, 0);
  return told(feeRevisedV1, fee, {
    from,
    to: fee.periodTo,
    grosze: fee.price,
    chargedGrosze: totalOf(fee.charges) - totalOf(before),
    creditedGrosze: credited(fee.charges) - credited(before),
  });
}

export function unitsSettled(fee: Fee, charge: Charge): DomainEvent<typeof feeUnitsSettledV1> {
  const { id: chargeId, from, to, quantity = 0, grosze, dueOn } = charge;
  return told(feeUnitsSettledV1, fee, { chargeId, from, to, quantity, grosze, dueOn });
}

/** What has been taken back of charges, compared with how they were. */
export const unitsCredited = (fee: Fee, before: readonly Charge[]): DomainEvent<typeof feeUnitsCreditedV1>[] =>
  before.flatMap(({ id: chargeId, from, to, credited }) => {
    const grosze = (fee.charges.find(({ id }) => id === chargeId)?.credited ?? credited) - credited;
    return grosze > 0 ? [told(feeUnitsCreditedV1, fee, { chargeId, from, to, grosze })] : [];
  });

export function paid(fee: Fee, payment: Payment, result: PaymentResult): DomainEvent<typeof feePaidV1> {
  const { id: paymentId, bookedOn, grosze } = payment;
  return told(feePaidV1, fee, { paymentId, bookedOn, grosze, result, openGrosze: fee.openGrosze });
}

export function overdue(fee: Fee, charge: Charge): DomainEvent<typeof feeOverdueV1> {
  return told(feeOverdueV1, fee, { chargeId: charge.id, dueOn: charge.dueOn, openGrosze: openOf(charge) });
}

export function decisionIssued(fee: Fee, decision: FeeDecision): DomainEvent<typeof feeDecisionIssuedV1> {
  const { id: decisionId, authorisationId, grosze, appealDays } = decision;
  return told(feeDecisionIssuedV1, fee, { decisionId, authorisationId, grosze, appealDays });
}

export function decisionDelivered(
  fee: Fee,
  decisionId: string,
  deliveredOn: Day,
  appealUntil: Day,
): DomainEvent<typeof feeDecisionDeliveredV1> {
  return told(feeDecisionDeliveredV1, fee, { decisionId, deliveredOn, appealUntil });
}

export function enforcementStarted(
  fee: Fee,
  decisionId: string,
  startedOn: Day,
  grosze: number,
): DomainEvent<typeof feeEnforcementStartedV1> {
  return told(feeEnforcementStartedV1, fee, { decisionId, startedOn, grosze });
}

export function decisionAppealed(
  fee: Fee,
  { id: decisionId, appeal }: FeeDecision,
): DomainEvent<typeof feeDecisionAppealedV1> {
  const { filedOn = '', inTime = false } = appeal ?? {};
  return told(feeDecisionAppealedV1, fee, { decisionId, filedOn, inTime });
}

export function appealHandedOver(
  fee: Fee,
  decisionId: string,
  handedOverOn: Day,
): DomainEvent<typeof feeDecisionAppealHandedOverV1> {
  return told(feeDecisionAppealHandedOverV1, fee, { decisionId, handedOverOn });
}

export function decisionReviewed(
  fee: Fee,
  decisionId: string,
  reviewedOn: Day,
  authorisationId: string,
): DomainEvent<typeof feeDecisionReviewedV1> {
  return told(feeDecisionReviewedV1, fee, { decisionId, reviewedOn, authorisationId });
}

export function decisionRuled(
  fee: Fee,
  decisionId: string,
  ruling: Ruling,
  ruledOn: Day,
): DomainEvent<typeof feeDecisionUpheldV1 | typeof feeDecisionQuashedV1> {
  const contract = { UPHELD: feeDecisionUpheldV1, QUASHED: feeDecisionQuashedV1 }[ruling];
  return told(contract, fee, { decisionId, ruledOn });
}

export function appealWithdrawn(
  fee: Fee,
  decisionId: string,
  withdrawnOn: Day,
): DomainEvent<typeof feeDecisionAppealWithdrawnV1> {
  return told(feeDecisionAppealWithdrawnV1, fee, { decisionId, withdrawnOn });
}

export function refunded(
  fee: Fee,
  { id: refundId, bookedOn: refundedOn, grosze, reasonCode }: Payment & { readonly reasonCode: string },
): DomainEvent<typeof feeRefundedV1> {
  return told(feeRefundedV1, fee, { refundId, refundedOn, grosze, reasonCode, surplusGrosze: fee.surplus });
}

export function waived(fee: Fee, grosze: number): DomainEvent<typeof feeWaivedV1> {
  return told(feeWaivedV1, fee, { grosze });
}
