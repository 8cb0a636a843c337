import type { AppealChannel } from '../decisions/appeal';
import type { DecisionState } from '../decisions/decision-states';
import type { DeliveryChannel } from '../decisions/delivery';
import type { ChargeState } from './charges';
import type { FeeState } from './fee-state';
import type { GrantedReliefItem } from './fees.dto';

export class ChargeMade {
  id!: string;
  from!: string;
  to!: string;
  grosze!: number;
  /** Day of payment. */
  dueOn!: string;
}

/** How it came about is in `GET /fees/{id}`. */
export class FeeChanged {
  id!: string;
  version!: number;
  state!: FeeState;
  /** ONCE, a period of the calendar, or a unit. */
  per!: string;
  /** Of one unit or period, after reliefs. */
  grosze!: number;
  openGrosze!: number;
  /** To be named in the transfer (ISO 11649). */
  reference!: string;
  /** Account of the centre (NRB) to pay to; none while nothing is due. */
  account!: string | null;
  charges!: ChargeMade[];
  currency!: 'PLN';
}

export class AmountRange {
  leastGrosze!: number;
  mostGrosze!: number;
}

export class InstalmentView {
  from!: string;
  to!: string;
  grosze!: number;
  /** Of units, how many. */
  quantity?: number;
}

export class MissingFact {
  /** JSON Pointer into the facts, or the relief that asks for it. */
  pointer!: string;
  detail!: string;
}

export class RoundingView {
  code!: 'PERCENT' | 'INCOMPLETE_PERIOD' | 'DELIVERED_UNITS';
  /** What is rounded and when, in Polish. */
  says!: string;
  direction!: 'DOWN' | 'NONE';
  basis!: string;
}

export class FeeTrialView {
  outcome!: 'KNOWN' | 'UNKNOWN';
  per!: string | null;
  /** For one unit or period: the least and the most that it may be. */
  amount!: AmountRange | null;
  /** For as many units as are asked for. */
  total!: AmountRange | null;
  /** When the amount is known and does not depend on what will be delivered. */
  instalments!: InstalmentView[];
  /** What would have to be told. */
  missing!: MissingFact[];
  /** The way to the amount, in Polish. */
  steps!: string[];
  roundings!: RoundingView[];
  currency!: 'PLN';
}

export class ChargeView extends ChargeMade {
  /** Of units, how many. */
  quantity?: number;
  state!: ChargeState;
  /** Taken back since. */
  credited!: number;
  waived!: number;
  paid!: number;
  decisionId?: string;
}

export class RateView {
  from!: string;
  grosze!: number;
}

export class PaymentOfFeeView {
  id!: string;
  bookedOn!: string;
  /** Below nought for what was given back. */
  grosze!: number;
  /** Why it was given back. */
  reasonCode?: string;
}

export class FeeDeliveryView {
  deliveredOn!: string;
  channel!: DeliveryChannel;
  /** First notice of a letter that nobody took. */
  noticeLeftOn?: string;
  appealUntil!: string;
}

export class FeeAppealView {
  filedOn!: string;
  channel!: AppealChannel;
  inTime!: boolean;
  handedOverOn?: string;
  /** Day of the ruling, of the self-review or of the withdrawal. */
  endedOn?: string;
}

export class FeeDecisionView {
  id!: string;
  number!: string;
  legalBasis!: string;
  reasons!: string;
  authorisationId!: string;
  grosze!: number;
  appealDays!: number;
  issuedBy!: string;
  issuedOn!: string;
  state!: DecisionState;
  delivery?: FeeDeliveryView;
  appeal?: FeeAppealView;
  enforcedOn?: string;
}

export class AssessmentNoteView {
  /** First day on which it counts. */
  from!: string;
  on!: string;
  by!: string;
  steps!: string[];
  reliefsGranted!: GrantedReliefItem[];
}

export class WaiverView {
  on!: string;
  reason!: string;
}

export class BalanceView {
  /** All charges, less what was credited. */
  chargedGrosze!: number;
  waivedGrosze!: number;
  paidGrosze!: number;
  /** Still to be paid, due or not. */
  openGrosze!: number;
  /** Of it, what is past its day. */
  overdueGrosze!: number;
  /** Paid and not needed for any charge so far. */
  surplusGrosze!: number;
  currency!: 'PLN';
}

export class FeeRow {
  id!: string;
  version!: number;
  unit!: string;
  applicationId!: string;
  itemId!: string;
  personId!: string;
  serviceCode!: string;
  programmeVersion!: number;
  state!: FeeState;
  per!: string;
  from!: string;
  to!: string;
  reference!: string;
  account!: string | null;
  /** Next day of payment. */
  dueOn!: string | null;
  /** Earliest day of payment that has passed unpaid and undecided. */
  overdueSince!: string | null;
  balance!: BalanceView;
}

export class FeeView extends FeeRow {
  dueDays!: number;
  rates!: RateView[];
  charges!: ChargeView[];
  payments!: PaymentOfFeeView[];
  decisions!: FeeDecisionView[];
  assessments!: AssessmentNoteView[];
  waivers!: WaiverView[];
  roundings!: RoundingView[];
}
