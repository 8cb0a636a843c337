import { addMonths, type Day } from '@okienko/contracts/calendar';
import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import type { Delivery, DeliveryChannel } from '../decisions/delivery';
import { type Charge, type ChargeState, correct, type Ledger, openIn, openOf, pour, settled } from './charges';
import { type FeeDecision, delivered, enforced, stands } from './fee-decision';
import { clockFrom } from '../terms/clocks';
import { type FeeState, stateOf } from './fee-state';
import { FeePeriodWrong, NothingOverdue, NothingToWaive, OutsideFeePeriod, SurplusTooSmall } from './fee-errors';
import { feeTermsOn } from './fee-terms';
import {
  type Delivered,
  type Instalment,
  instalmentsOf,
  isPerUnit,
  type Rate,
  type Span,
  totalOf,
} from './instalments';

/** How a payment fits: it paid one or more instalments, left one paid in part, or was more than all that is charged. */
export type PaymentResult = 'EXACT' | 'PART' | 'OVER';

export interface Payment {
  /** Of its line among the payments. */
  readonly id: string;
  readonly bookedOn: Day;
  /** Below nought for what was given back. */
  readonly grosze: number;
  /** Why it was given back. */
  readonly reasonCode?: string;
}

/** Whose service it is for, and where it is paid. */
export interface FeeMatter {
  readonly unit: string;
  readonly terc: string;
  readonly applicationId: string;
  readonly itemId: string;
  readonly personId: string;
  readonly programmeId: string;
  readonly programmeVersion: number;
  readonly serviceCode: string;
  readonly reference: string;
  readonly dueDays: number;
  /** ONCE, a period of the calendar, or a unit. */
  readonly per: string;
}

/** On which day something happens to the charges, what had been delivered by then, and where ids come from. */
export interface Moment {
  readonly today: Day;
  readonly delivered: readonly Delivered[];
  readonly newId: () => string;
}

/** What a person pays for one service (art. 42(1), 43, 44): its instalments, payments, and decisions on what is unpaid. */
export class Fee {
  account: string | null = null;
  /** The account is this fee’s alone, so whatever comes to it is for this fee. */
  isVirtual = false;
  charges: readonly Charge[] = [];
  payments: readonly Payment[] = [];
  decisions: readonly FeeDecision[] = [];
  /** Follows from the charges; kept for the index, as the next two are. */
  state: FeeState = 'NOT_DUE';
  /** The first day of payment that is still to come, or has passed unnoticed. */
  dueOn: Day | null = null;
  overdueSince: Day | null = null;
  readonly version: number = 0;

  private constructor(
    readonly id: string,
    readonly unit: string,
    readonly terc: string,
    readonly applicationId: string,
    readonly itemId: string,
    readonly personId: string,
    readonly programmeId: string,
    readonly programmeVersion: number,
    readonly serviceCode: string,
    readonly reference: string,
    readonly dueDays: number,
    readonly per: string,
    readonly periodFrom: Day,
    public periodTo: Day,
    public rates: readonly Rate[],
    /** Ciphertext of how the amounts came about, why something was waived or decided. */
    public words: Buffer,
  ) {}

  static assess(id: string, matter: FeeMatter, span: Span, grosze: number, words: Buffer, moment: Moment): Fee {
    const { longestMonths } = feeTermsOn(moment.today);
    if (span.to < span.from || span.to >= addMonths(span.from, longestMonths)) throw new FeePeriodWrong(longestMonths);
    const fee = new Fee(
      id,
      matter.unit,
      matter.terc,
      matter.applicationId,
      matter.itemId,
      matter.personId,
      matter.programmeId,
      matter.programmeVersion,
      matter.serviceCode,
      matter.reference,
      matter.dueDays,
      matter.per,
      span.from,
      span.to,
      [{ from: span.from, grosze }],
      words,
    );
    fee.bringUp(moment);
    return fee;
  }

  /** From that day on it costs so much. What was charged stays; what differs is charged in addition or credited. */
  revise(rate: Rate, moment: Moment): void {
    if (rate.from < this.periodFrom || this.periodTo < rate.from) throw new OutsideFeePeriod();
    this.rates = [...this.rates, rate];
    this.bringUp(moment);
  }

  /** The right to the service ends on that day; for the time until then everything stays due (art. 44(1)). */
  end(lastDay: Day, moment: Moment): void {
    if (lastDay < this.periodFrom || this.periodTo <= lastDay) throw new OutsideFeePeriod();
    this.periodTo = lastDay;
    this.bringUp(moment);
  }

  /** The service has ended on that day: what had not begun by then costs nothing. Says whether that changes anything. */
  cease(lastDay: Day, moment: Moment): boolean {
    const hasBegun = this.periodFrom <= lastDay;
    if (this.periodTo <= lastDay || (!hasBegun && this.price === 0)) return false;
    if (!hasBegun) this.rates = [...this.rates, { from: this.periodFrom, grosze: 0 }];
    this.periodTo = hasBegun ? lastDay : this.periodFrom;
    this.bringUp(moment);
    return true;
  }

  /** Charges the units of every window that is over. Says which charges are new. */
  settleUnits(moment: Moment): readonly Charge[] {
    const known = new Set(this.charges.map(({ id }) => id));
    this.bringUp(moment);
    return this.charges.filter(({ id }) => !known.has(id));
  }

  pay(payment: Payment): PaymentResult {
    this.payments = [...this.payments, payment];
    const paid = pour({ charges: this.charges, surplus: this.surplus });
    this.keep(paid);
    if (paid.surplus > 0) return 'OVER';
    return this.charges.some((charge) => charge.paid > 0 && openOf(charge) > 0) ? 'PART' : 'EXACT';
  }

  /** Gives back what no charge needs. */
  refund(refund: Payment): void {
    if (refund.grosze > this.surplus) throw new SurplusTooSmall(this.surplus);
    this.payments = [...this.payments, { ...refund, grosze: -refund.grosze }];
  }

  /** What was not paid by its day. Says which charges it concerns, and concerns none twice. */
  fallOverdue(today: Day): readonly Charge[] {
    const late = this.charges.filter(({ state, dueOn }) => state === 'ASSESSED' && dueOn < today);
    this.move(late, 'OVERDUE');
    return late;
  }

  /** Art. 43(2): one decision on all that is overdue. */
  get overdueGrosze(): number {
    return openIn(this.in('OVERDUE'));
  }

  decide(decision: FeeDecision): void {
    const late = this.in('OVERDUE');
    if (late.length === 0) throw new NothingOverdue();
    this.decisions = [...this.decisions, decision];
    this.move(late, 'DECISION_ISSUED', { decisionId: decision.id });
  }

  deliver(decisionId: string, deliveredOn: Day, channel: DeliveryChannel, today: Day, noticeLeftOn?: Day): Delivery {
    const decision = delivered(this.decision(decisionId), deliveredOn, channel, today, noticeLeftOn);
    this.replace(decision);
    return decision.delivery;
  }

  /** What becomes of an appeal. What a decision that stands no longer was about is overdue as before it. */
  contest(decisionId: string, becomes: (decision: FeeDecision) => FeeDecision): FeeDecision {
    const decision = becomes(this.decision(decisionId));
    this.replace(decision);
    const decided = [...this.in('DECISION_ISSUED'), ...this.in('ENFORCED')];
    if (!stands(decision))
      this.move(
        decided.filter((charge) => charge.decisionId === decisionId),
        'OVERDUE',
      );
    return decision;
  }

  /** Art. 43(3): what is still open of the decision. Says how much. */
  enforce(decisionId: string, startedOn: Day, today: Day): number {
    const decision = enforced(this.decision(decisionId), startedOn, today);
    const unpaid = this.in('DECISION_ISSUED').filter((charge) => charge.decisionId === decisionId);
    if (unpaid.length === 0) throw new NotInState('decision', 'enforced', 'PAID');
    this.replace(decision);
    this.move(unpaid, 'ENFORCED');
    return openIn(unpaid);
  }

  /** Art. 44(2): what is open of these instalments, or of all. Says how much. */
  waive(chargeIds?: readonly string[]): number {
    const waived = [...this.in('ASSESSED'), ...this.in('OVERDUE')].filter(({ id }) => chargeIds?.includes(id) ?? true);
    if (waived.length === 0 || waived.length < (chargeIds?.length ?? 0)) throw new NothingToWaive();
    const ids = new Set(waived.map(({ id }) => id));
    const charges = this.charges.map((charge) =>
      ids.has(charge.id) ? settled({ ...charge, waived: charge.waived + openOf(charge) }) : charge,
    );
    this.keep({ charges, surplus: this.surplus });
    return openIn(waived);
  }

  get isPerUnit(): boolean {
    return isPerUnit(this.per);
  }

  get price(): number {
    return this.rates.at(-1)?.grosze ?? 0;
  }

  get openGrosze(): number {
    return openIn(this.charges);
  }

  /** Paid and not needed for any charge. */
  get surplus(): number {
    return totalOf(this.payments) - this.charges.reduce((sum, { paid }) => sum + paid, 0);
  }

  decision(decisionId: string): FeeDecision {
    const decision = this.decisions.find(({ id }) => id === decisionId);
    if (!decision) throw new NotFound('decision on this fee');
    return decision;
  }

  private bringUp({ today, delivered: units, newId }: Moment): void {
    const span = { from: this.periodFrom, to: this.periodTo };
    const due = instalmentsOf(this.per, this.rates, span, units, today);
    const charge = (instalment: Instalment): Charge => ({
      ...instalment,
      id: newId(),
      // The centre sets the day (art. 43(1)): so many days into the window, or from now where that has begun.
      dueOn: clockFrom('FEE_PAYMENT', instalment.from > today ? instalment.from : today, this.dueDays).dueOn,
      state: 'ASSESSED',
      credited: 0,
      waived: 0,
      paid: 0,
    });
    this.keep(correct({ charges: this.charges, surplus: this.surplus }, due, charge));
  }

  private keep({ charges }: Ledger): void {
    this.charges = charges;
    this.state = stateOf(charges) ?? (this.awaitsUnits ? 'ASSESSED' : 'NOT_DUE');
    this.dueOn = firstDay(this.in('ASSESSED'));
    this.overdueSince = firstDay(this.in('OVERDUE'));
  }

  private move(charges: readonly Charge[], state: ChargeState, more: Pick<Charge, 'decisionId'> = {}): void {
    const ids = new Set(charges.map(({ id }) => id));
    const moved = this.charges.map((charge) => (ids.has(charge.id) ? { ...charge, ...more, state } : charge));
    this.keep({ charges: moved, surplus: this.surplus });
  }

  private replace(decision: FeeDecision): void {
    this.decisions = this.decisions.map((one) => (one.id === decision.id ? decision : one));
  }

  private get awaitsUnits(): boolean {
    return this.isPerUnit && this.charges.length === 0 && this.price > 0;
  }

  private in(state: ChargeState): Charge[] {
    return this.charges.filter((charge) => charge.state === state);
  }
}

const firstDay = (charges: readonly Charge[]): Day | null => charges.map(({ dueOn }) => dueOn).sort()[0] ?? null;
