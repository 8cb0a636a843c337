import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type OrderRequest, overtaken } from '@okienko/contracts/order-request';
import type { IndividualPlan } from '../plans/individual-plan';
import type { PlanItem, UnitOfMeasure } from '../plans/plan-content';
import { DayInTheFuture, PeriodReversed } from '../plans/plan-errors';
import { AllocationCorrespondence } from './allocation-correspondence';
import {
  AnswerTermRuns,
  DecisionNumberMissing,
  MoreThanGranted,
  PastTheGrant,
  ProviderJustDeclined,
} from './allocation-errors';
import {
  type AllocationState,
  allocationTransitions,
  needsDecision,
  type Suspension,
  type Termination,
} from './allocation-states';

/** What a service used singly is granted for, without a plan. */
export interface SingleService {
  readonly itemId: string;
  readonly offerId: string;
  readonly from: Day;
  readonly to: Day;
  /** Last day for which it was granted; nothing where no notice says so. */
  readonly grantedUntil?: Day | undefined;
  /** Units still granted; nothing where no notice says how many. */
  readonly left?: number | undefined;
  readonly quantity: number;
  readonly unit: UnitOfMeasure;
  /** Ciphertext of where and when, in words. */
  readonly words: Buffer | null;
}

interface Granted {
  readonly id: string;
  readonly unit: string;
  readonly terc: string;
  readonly personId: string;
}

/** One granted service on its way to and through a provider (przydział usługi): of an approved plan, or used singly. */
export class Allocation extends AllocationCorrespondence {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly planId: string | null,
    /** Where there is no plan, the application that the service was asked for in. */
    readonly applicationId: string | null,
    readonly personId: string,
    readonly itemId: string,
    readonly offerId: string,
    public periodFrom: Day,
    public periodTo: Day,
    public quantity: number,
    readonly unitOfMeasure: UnitOfMeasure,
    /** Ciphertext of where and when; in a plan these words stand in the plan. */
    readonly words: Buffer | null,
    protected state: AllocationState,
    public providerId: string | null,
    /** Which referral this is; an answer to an earlier one is stale. */
    public attempt: number,
    /** The last day for the answer. */
    protected answerBy: Day | null,
    /** Whom the person would like to come. */
    public wishedProviderId: string | null,
    protected orderId: string | null,
    protected declineReason: string | null,
    protected deliveredTotal: number,
    protected startedOn: Day | null,
    protected completedOn: Day | null,
    private suspensions: readonly Suspension[],
    protected endedOn: Day | null,
    protected endReason: string | null,
    public decisionNumber: string | null,
    public requests: readonly OrderRequest[],
  ) {
    super();
  }

  static create(id: string, plan: IndividualPlan, item: PlanItem, from = plan.periodFrom): Allocation {
    const { periodTo: to } = plan;
    return Allocation.granted(id, plan, { ...item, from, to, words: null }, { planId: plan.id, applicationId: null });
  }

  static createSingly(id: string, application: Granted, service: SingleService): Allocation {
    const { from, to, grantedUntil, quantity, left } = service;
    if (to < from) throw new PeriodReversed();
    if (grantedUntil !== undefined && grantedUntil < to) throw new PastTheGrant(grantedUntil);
    if (left !== undefined && quantity > left) throw new MoreThanGranted(left);
    return Allocation.granted(id, application, service, { planId: null, applicationId: application.id });
  }

  private static granted(
    id: string,
    { unit, terc, personId }: Omit<Granted, 'id'>,
    { itemId, offerId, from, to, quantity, unit: unitOfMeasure, words }: SingleService,
    { planId, applicationId }: Pick<Allocation, 'planId' | 'applicationId'>,
  ): Allocation {
    return new Allocation(
      id,
      0,
      unit,
      terc,
      planId,
      applicationId,
      personId,
      itemId,
      offerId,
      from,
      to,
      quantity,
      unitOfMeasure,
      words,
      'ALLOCATED',
      null,
      0,
      null,
      null,
      null,
      null,
      0,
      null,
      null,
      [],
      null,
      null,
      null,
      [],
    );
  }

  refer(providerId: string, answerBy?: Day): void {
    if (this.state === 'DECLINED' && providerId === this.providerId) throw new ProviderJustDeclined();
    this.moveTo('REFERRED', 'referred');
    this.providerId = providerId;
    this.attempt += 1;
    this.answerBy = answerBy ?? null;
    this.orderId = null;
    this.declineReason = null;
  }

  /** Asked before a provider is sought, so that the answer names the true reason. */
  assertMayBeReferred(): void {
    if (!allocationTransitions[this.state].includes('REFERRED'))
      throw new NotInState('allocation', 'referred', this.state);
  }

  /** Whom the referral at hand is with; nobody when there is none. */
  get asked(): string | null {
    return this.state === 'REFERRED' ? this.providerId : null;
  }

  awaits(answer: { readonly providerId: string; readonly attempt: number }): boolean {
    return this.state === 'REFERRED' && answer.attempt === this.attempt && answer.providerId === this.providerId;
  }

  /** Referred to this provider, and not answered yet. */
  mayBeAnsweredBy(providerId: string): boolean {
    return this.state === 'REFERRED' && providerId === this.providerId;
  }

  /** Nobody has answered in time. */
  isOverdue(today: Day): boolean {
    return this.state === 'REFERRED' && this.answerBy !== null && this.answerBy < today;
  }

  accept(orderId: string): void {
    this.moveTo('ACCEPTED', 'accepted');
    this.orderId = orderId;
  }

  decline(orderId: string, reasonCode: string): void {
    this.moveTo('DECLINED', 'declined');
    this.orderId = orderId;
    this.declineReason = reasonCode;
  }

  /** Whatever the provider says from now on comes too late. */
  lapse(today: Day): void {
    if (this.state === 'REFERRED' && this.answerBy !== null && today <= this.answerBy)
      throw new AnswerTermRuns(this.answerBy);
    this.moveTo('DECLINED', 'lapsed');
    this.declineReason = 'NO_ANSWER';
  }

  /** Is this the order that the provider took? */
  isPerformedUnder(orderId: string): boolean {
    return this.state !== 'DECLINED' && this.orderId === orderId;
  }

  /** A provider has taken it on and is not through with it. */
  get isTaken(): boolean {
    return this.state === 'ACCEPTED' || this.state === 'IN_DELIVERY' || this.state === 'SUSPENDED';
  }

  get awaitsStart(): boolean {
    return this.state === 'ACCEPTED';
  }

  start(startedOn: Day): void {
    if (!this.awaitsStart) throw new NotInState('allocation', 'started', this.state);
    this.moveTo('IN_DELIVERY', 'started');
    this.startedOn = startedOn;
  }

  /** Counts also what was delivered before a pause or the end and accepted after it. */
  count(quantity: number): void {
    if (this.orderId === null || this.state === 'ACCEPTED' || this.state === 'DECLINED')
      throw new NotInState('allocation', 'delivered', this.state);
    this.deliveredTotal += quantity;
  }

  uncount(quantity: number): void {
    this.deliveredTotal -= quantity;
  }

  suspend(suspension: Suspension, today: Day): void {
    const { from, until } = suspension;
    if (until !== undefined && until < from) throw new PeriodReversed();
    if (from > today) throw new DayInTheFuture();
    this.moveTo('SUSPENDED', 'suspended');
    this.suspensions = [...this.suspensions, suspension];
  }

  resume(resumedOn: Day, today: Day): void {
    const last = this.suspensions.at(-1);
    if (this.state !== 'SUSPENDED' || !last) throw new NotInState('allocation', 'resumed', this.state);
    if (resumedOn < last.from) throw new PeriodReversed();
    if (resumedOn > today) throw new DayInTheFuture();
    this.moveTo('IN_DELIVERY', 'resumed');
    this.suspensions = [...this.suspensions.slice(0, -1), { ...last, resumedOn }];
  }

  /** Said by a person, the end is not to come, nor before the first delivery. */
  assertMayEndOn(day: Day, today: Day): void {
    if (day > today) throw new DayInTheFuture();
    if (this.startedOn !== null && day < this.startedOn) throw new PeriodReversed();
  }

  complete(completedOn: Day): void {
    this.moveTo('COMPLETED', 'completed');
    this.completedOn = completedOn;
  }

  /** Art. 44: the person does not want the service any more. */
  resign(resignedOn: Day): void {
    this.endUntimely('RESIGNED', 'resigned', resignedOn);
  }

  terminate({ reasonCode, terminatedOn, decisionNumber }: Termination): void {
    if (needsDecision(reasonCode) && decisionNumber === undefined) throw new DecisionNumberMissing();
    this.endUntimely('TERMINATED', 'terminated', terminatedOn);
    this.endReason = reasonCode;
    this.decisionNumber = decisionNumber ?? null;
  }

  /** Nothing more will happen to it, and no plan holds its place. */
  get hasEndedSingly(): boolean {
    return this.planId === null && allocationTransitions[this.state].length === 0;
  }

  /** The provider failed or was let go, so the person may be served by another. */
  get mayBeReplaced(): boolean {
    return this.endReason === 'PROVIDER_FAILURE' || this.endReason === 'PROVIDER_CHANGED';
  }

  /** What was declined or left unanswered was under no order. */
  private endUntimely(next: 'RESIGNED' | 'TERMINATED', act: string, endedOn: Day): void {
    const orderId = this.isTaken ? this.orderId : null;
    this.moveTo(next, act);
    this.orderId = orderId;
    this.endedOn = endedOn;
  }

  private moveTo(next: AllocationState, act: string): void {
    if (!allocationTransitions[this.state].includes(next)) throw new NotInState('allocation', act, this.state);
    this.state = next;
    if (!this.isTaken) this.requests = overtaken(this.requests);
  }
}
