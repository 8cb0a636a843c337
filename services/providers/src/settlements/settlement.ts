import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { lastDayOf, type Month } from './month';
import type { Cost } from './month-lines';
import {
  DocumentDiffers,
  DocumentKindWrong,
  MonthNotOver,
  OwnCheck,
  PaidInFuture,
  PriceMissing,
  SettlementOutdated,
} from './settlement-errors';
import type { Totals } from './totals';

export const settlementStates = ['DRAFT', 'SUBMITTED', 'RETURNED', 'CORRECTED', 'CHECKED', 'APPROVED', 'PAID'] as const;
export type SettlementState = (typeof settlementStates)[number];

const transitions: Record<SettlementState, readonly SettlementState[]> = {
  DRAFT: ['SUBMITTED'],
  SUBMITTED: ['CHECKED', 'RETURNED'],
  RETURNED: ['CORRECTED'],
  CORRECTED: ['CHECKED', 'RETURNED'],
  CHECKED: ['APPROVED', 'RETURNED'],
  APPROVED: ['PAID'],
  PAID: [],
};

/** Its provider still works on it: it can be computed anew, and no later month may rest on it. */
export const openStates: readonly SettlementState[] = ['DRAFT', 'RETURNED'];

export const documentKinds = ['INVOICE', 'BILL', 'GRANT_REPORT'] as const;
export const returnReasons = [
  'AMOUNT_DIFFERS',
  'DELIVERIES_DISPUTED',
  'DOCUMENT_FAULTY',
  'REPORT_INCOMPLETE',
  'OTHER',
] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** What the provider hands in with it. */
export interface SettlementDocument {
  readonly kind: (typeof documentKinds)[number];
  readonly number: string;
  readonly issuedOn: Day;
  readonly grosze: number;
}

export interface StatedCost extends Cost {
  readonly documentNumber: string;
}

export interface SettlementActs {
  readonly submittedBy?: string;
  readonly checkedBy?: string;
  readonly approvedBy?: string;
  readonly returnReason?: ReturnReason;
  readonly paidOn?: Day;
}

/** What a provider is owed under an agreement for a month, from the first computation to the payment. */
export class Settlement {
  readonly version: number = 0;
  state: SettlementState = 'DRAFT';
  costs: readonly StatedCost[] = [];
  document: SettlementDocument | null = null;
  acts: SettlementActs = {};

  private constructor(
    readonly id: string,
    readonly agreementId: string,
    readonly providerId: string,
    readonly month: Month,
    readonly gmina: string | null,
    public totals: Totals,
  ) {}

  static of(
    id: string,
    { agreementId, providerId }: { readonly agreementId: string; readonly providerId: string },
    month: Month,
    gmina: string | null,
    totals: Totals,
  ): Settlement {
    return new Settlement(id, agreementId, providerId, month, gmina, totals);
  }

  get isOpen(): boolean {
    return openStates.includes(this.state);
  }

  assertOpen(act: string): void {
    if (!this.isOpen) throw new NotInState('settlement', act, this.state);
  }

  compute(totals: Totals): void {
    this.assertOpen('computed');
    this.totals = totals;
  }

  stateCosts(costs: readonly StatedCost[], totals: Totals): void {
    this.compute(totals);
    this.costs = costs;
  }

  /** The provider claims what was computed, no more and no less; after a return it is a correction. */
  submit(document: SettlementDocument, by: string, today: Day, computedNow: Totals): void {
    this.assertOpen('submitted');
    if (today <= lastDayOf(this.month)) throw new MonthNotOver();
    if (computedNow.digest !== this.totals.digest) throw new SettlementOutdated();
    if (this.totals.unpriced > 0) throw new PriceMissing();
    if (document.grosze !== this.totals.grosze) throw new DocumentDiffers(this.totals.grosze);
    if (this.costs.length > 0 && document.kind !== 'GRANT_REPORT') throw new DocumentKindWrong();
    this.moveTo(this.state === 'DRAFT' ? 'SUBMITTED' : 'CORRECTED');
    this.document = document;
    this.acts = { submittedBy: by };
  }

  return(reason: ReturnReason): void {
    this.moveTo('RETURNED');
    this.acts = { ...this.acts, returnReason: reason };
  }

  check(by: string): void {
    this.moveTo('CHECKED');
    this.acts = { ...this.acts, checkedBy: by };
  }

  /** Two persons: who has checked it does not approve it. */
  approve(by: string): void {
    if (this.state === 'CHECKED' && this.acts.checkedBy === by) throw new OwnCheck();
    this.moveTo('APPROVED');
    this.acts = { ...this.acts, approvedBy: by };
  }

  pay(paidOn: Day, today: Day): void {
    if (paidOn > today) throw new PaidInFuture();
    this.moveTo('PAID');
    this.acts = { ...this.acts, paidOn };
  }

  private moveTo(next: SettlementState): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('settlement', next, this.state);
    this.state = next;
  }
}
