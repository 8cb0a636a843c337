import type { Day } from '@okienko/contracts/calendar';
import { allocationAcceptedV1 } from '@okienko/contracts/cases/allocation-accepted.v1';
import { allocationAcceptedV2 } from '@okienko/contracts/cases/allocation-accepted.v2';
import { allocationCompletedV1 } from '@okienko/contracts/cases/allocation-completed.v1';
import { allocationCompletedV2 } from '@okienko/contracts/cases/allocation-completed.v2';
import { allocationCreatedV1 } from '@okienko/contracts/cases/allocation-created.v1';
import { allocationCreatedV2 } from '@okienko/contracts/cases/allocation-created.v2';
import { allocationDeclinedV1 } from '@okienko/contracts/cases/allocation-declined.v1';
import { allocationDeclinedV2 } from '@okienko/contracts/cases/allocation-declined.v2';
import { allocationReferralLapsedV1 } from '@okienko/contracts/cases/allocation-referral-lapsed.v1';
import { allocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { allocationReferredV2 } from '@okienko/contracts/cases/allocation-referred.v2';
import { allocationResignedV1 } from '@okienko/contracts/cases/allocation-resigned.v1';
import { allocationResumedV1 } from '@okienko/contracts/cases/allocation-resumed.v1';
import { allocationStartedV1 } from '@okienko/contracts/cases/allocation-started.v1';
import { allocationStartedV2 } from '@okienko/contracts/cases/allocation-started.v2';
import { allocationSuspendedV1 } from '@okienko/contracts/cases/allocation-suspended.v1';
import { allocationTerminatedV1 } from '@okienko/contracts/cases/allocation-terminated.v1';
import { allocationUnitDeliveredV1 } from '@okienko/contracts/cases/allocation-unit-delivered.v1';
import { allocationUnitDeliveredV2 } from '@okienko/contracts/cases/allocation-unit-delivered.v2';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DataOf, type DomainEvent, event, type EventContract } from '@okienko/contracts/event';
import type { IndividualPlan } from '../plans/individual-plan';
import type { PlanItem, UnitOfMeasure } from '../plans/plan-content';
import { DayInTheFuture } from '../plans/plan-errors';
import {
  AnswerTermRuns,
  DecisionNumberMissing,
  ProviderJustDeclined,
  ServicePeriodReversed,
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
export class Allocation {
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
    readonly periodFrom: Day,
    readonly periodTo: Day,
    readonly quantity: number,
    readonly unitOfMeasure: UnitOfMeasure,
    /** Ciphertext of where and when; in a plan these words stand in the plan. */
    readonly words: Buffer | null,
    private state: AllocationState,
    public providerId: string | null,
    /** Which referral this is; an answer to an earlier one is stale. */
    public attempt: number,
    /** The last day for the answer. */
    private answerBy: Day | null,
    /** Whom the person would like to come. */
    public wishedProviderId: string | null,
    private orderId: string | null,
    private declineReason: string | null,
    private deliveredTotal: number,
    private startedOn: Day | null,
    private completedOn: Day | null,
    private suspensions: readonly Suspension[],
    private endedOn: Day | null,
    private endReason: string | null,
    public decisionNumber: string | null,
  ) {}

  static create(id: string, plan: IndividualPlan, item: PlanItem): Allocation {
    const { periodFrom: from, periodTo: to } = plan;
    return Allocation.granted(id, plan, { ...item, from, to, words: null }, { planId: plan.id, applicationId: null });
  }

  static createSingly(id: string, application: Granted, service: SingleService): Allocation {
    if (service.to < service.from) throw new ServicePeriodReversed();
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

  suspend(suspension: Suspension, today: Day): void {
    const { from, until } = suspension;
    if (until !== undefined && until < from) throw new ServicePeriodReversed();
    if (from > today) throw new DayInTheFuture();
    this.moveTo('SUSPENDED', 'suspended');
    this.suspensions = [...this.suspensions, suspension];
  }

  resume(resumedOn: Day, today: Day): void {
    const last = this.suspensions.at(-1);
    if (this.state !== 'SUSPENDED' || !last) throw new NotInState('allocation', 'resumed', this.state);
    if (resumedOn < last.from) throw new ServicePeriodReversed();
    if (resumedOn > today) throw new DayInTheFuture();
    this.moveTo('IN_DELIVERY', 'resumed');
    this.suspensions = [...this.suspensions.slice(0, -1), { ...last, resumedOn }];
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

  /** Of a service used singly the place ends with it; one of a plan ends with the plan. */
  get hasEndedSingly(): boolean {
    return this.planId === null && allocationTransitions[this.state].length === 0;
  }

  /** The provider failed, so the person may be served by another. */
  get mayBeReplaced(): boolean {
    return this.endReason === 'PROVIDER_FAILURE';
  }

  created(): DomainEvent {
    const { personId, terms } = this;
    return this.told(allocationCreatedV1, allocationCreatedV2, { personId, ...terms });
  }

  referred(): DomainEvent {
    const { provider: providerId, attempt, terms, answerBy } = this;
    const data = { providerId, attempt, ...terms, ...(answerBy === null ? {} : { answerBy }) };
    return this.told(allocationReferredV1, allocationReferredV2, data);
  }

  accepted(): DomainEvent {
    return this.told(allocationAcceptedV1, allocationAcceptedV2, this.inOrder);
  }

  declined(): DomainEvent {
    const { offerId, providerId, orderId } = this.inOrder;
    const reasonCode = this.declineReason ?? 'UNKNOWN';
    return this.told(allocationDeclinedV1, allocationDeclinedV2, { offerId, providerId, orderId, reasonCode });
  }

  referralLapsed(lapsedOn: Day): DomainEvent<typeof allocationReferralLapsedV1> {
    const { offerId, provider: providerId, attempt } = this;
    const data = { ...this.matter, offerId, providerId, attempt, lapsedOn };
    return event(allocationReferralLapsedV1, this.id, data, this.terc);
  }

  started(): DomainEvent {
    const { personId, offerId } = this;
    const data = { personId, offerId, providerId: this.provider, startedOn: this.startedOn as Day };
    return this.told(allocationStartedV1, allocationStartedV2, data);
  }

  unitDelivered(deliveryId: string, quantity: number): DomainEvent {
    const { deliveredTotal } = this;
    return this.told(allocationUnitDeliveredV1, allocationUnitDeliveredV2, { deliveryId, quantity, deliveredTotal });
  }

  suspended({ from, until, reasonCode }: Suspension): DomainEvent<typeof allocationSuspendedV1> {
    const pause = { attempt: this.attempt, from, ...(until === undefined ? {} : { until }), reasonCode };
    return event(allocationSuspendedV1, this.id, { ...this.matter, ...this.inOrder, ...pause }, this.terc);
  }

  resumed(resumedOn: Day): DomainEvent<typeof allocationResumedV1> {
    const data = { ...this.matter, ...this.inOrder, attempt: this.attempt, resumedOn };
    return event(allocationResumedV1, this.id, data, this.terc);
  }

  completed(): DomainEvent {
    const completedOn = this.completedOn as Day;
    return this.told(allocationCompletedV1, allocationCompletedV2, { ...this.inOrder, completedOn });
  }

  resigned(): DomainEvent<typeof allocationResignedV1> {
    return event(allocationResignedV1, this.id, { ...this.ended, resignedOn: this.endedOn as Day }, this.terc);
  }

  terminated(): DomainEvent<typeof allocationTerminatedV1> {
    const data = { ...this.ended, terminatedOn: this.endedOn as Day, reasonCode: this.endReason as string };
    return event(allocationTerminatedV1, this.id, data, this.terc);
  }

  private get terms() {
    const { offerId, periodFrom: from, periodTo: to, quantity, unitOfMeasure: unit } = this;
    return { offerId, from, to, quantity, unit };
  }

  private get provider(): string {
    if (this.providerId === null) throw new NotInState('allocation', 'reported as referred', this.state);
    return this.providerId;
  }

  private get inOrder() {
    const { personId, offerId, orderId } = this;
    if (orderId === null) throw new NotInState('allocation', 'reported as answered', this.state);
    return { personId, offerId, providerId: this.provider, orderId };
  }

  private get ended() {
    const { matter, personId, offerId, providerId, orderId, attempt } = this;
    const asked = providerId === null ? {} : { providerId };
    return { ...matter, personId, offerId, ...asked, ...(orderId === null ? {} : { orderId }), attempt };
  }

  private get matter(): { planId: string } | { applicationId: string } {
    return this.planId === null ? { applicationId: this.applicationId as string } : { planId: this.planId };
  }

  /** The first version of these contracts knows services of plans only. */
  private told<One extends EventContract, Two extends EventContract>(
    ofPlan: One,
    single: Two,
    data: Omit<DataOf<One>, 'planId'> & Omit<DataOf<Two>, 'applicationId'>,
  ): DomainEvent {
    const contract: EventContract = this.planId === null ? single : ofPlan;
    return event(contract, this.id, { ...this.matter, ...data }, this.terc);
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
  }
}
