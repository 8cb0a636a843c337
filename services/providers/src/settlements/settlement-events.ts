import { type DomainEvent, event } from '@okienko/contracts/event';
import { settlementApprovedV1 } from '@okienko/contracts/providers/settlement-approved.v1';
import { settlementCheckedV1 } from '@okienko/contracts/providers/settlement-checked.v1';
import { settlementComputedV1 } from '@okienko/contracts/providers/settlement-computed.v1';
import { settlementCorrectedV1 } from '@okienko/contracts/providers/settlement-corrected.v1';
import { settlementCostsStatedV1 } from '@okienko/contracts/providers/settlement-costs-stated.v1';
import { settlementPaidV1 } from '@okienko/contracts/providers/settlement-paid.v1';
import { settlementReturnedV1 } from '@okienko/contracts/providers/settlement-returned.v1';
import { settlementSubmittedV1 } from '@okienko/contracts/providers/settlement-submitted.v1';
import type { ReturnReason, Settlement, SettlementDocument } from './settlement';

const whose = ({ agreementId, providerId, month }: Settlement) => ({ agreementId, providerId, month });
const amount = (settlement: Settlement) => ({ ...whose(settlement), grosze: settlement.totals.grosze });
const gminaOf = ({ gmina }: Settlement): string | undefined => gmina ?? undefined;

export function computed(settlement: Settlement): DomainEvent<typeof settlementComputedV1> {
  const { lines, digest } = settlement.totals;
  return event(settlementComputedV1, settlement.id, { ...amount(settlement), lines, digest }, gminaOf(settlement));
}

export function costsStated(settlement: Settlement): DomainEvent<typeof settlementCostsStatedV1> {
  const costs = settlement.costs.map(({ documentNumber: _, ...cost }) => cost);
  return event(settlementCostsStatedV1, settlement.id, { ...whose(settlement), costs }, gminaOf(settlement));
}

export function submitted(settlement: Settlement, { kind, issuedOn }: SettlementDocument): DomainEvent {
  const data = { ...amount(settlement), documentKind: kind, issuedOn };
  return settlement.state === 'CORRECTED'
    ? event(settlementCorrectedV1, settlement.id, data, gminaOf(settlement))
    : event(settlementSubmittedV1, settlement.id, data, gminaOf(settlement));
}

export const returned = (settlement: Settlement, reasonCode: ReturnReason): DomainEvent<typeof settlementReturnedV1> =>
  event(settlementReturnedV1, settlement.id, { ...whose(settlement), reasonCode }, gminaOf(settlement));

export const checked = (settlement: Settlement): DomainEvent<typeof settlementCheckedV1> =>
  event(settlementCheckedV1, settlement.id, amount(settlement), gminaOf(settlement));

export function approved(settlement: Settlement): DomainEvent<typeof settlementApprovedV1> {
  const { offers, funding, digest } = settlement.totals;
  const data = { ...amount(settlement), offers: [...offers], funding: [...funding], digest };
  return event(settlementApprovedV1, settlement.id, data, gminaOf(settlement));
}

export const paid = (settlement: Settlement, paidOn: string): DomainEvent<typeof settlementPaidV1> =>
  event(settlementPaidV1, settlement.id, { ...amount(settlement), paidOn }, gminaOf(settlement));
