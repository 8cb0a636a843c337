import type { Day } from '@okienko/contracts/calendar';
import { allocationAcceptedV1 } from '@okienko/contracts/cases/allocation-accepted.v1';
import { allocationCompletedV1 } from '@okienko/contracts/cases/allocation-completed.v1';
import { allocationCreatedV1 } from '@okienko/contracts/cases/allocation-created.v1';
import { allocationDeclinedV1 } from '@okienko/contracts/cases/allocation-declined.v1';
import { allocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { allocationStartedV1 } from '@okienko/contracts/cases/allocation-started.v1';
import { allocationTerminatedV1 } from '@okienko/contracts/cases/allocation-terminated.v1';
import { allocationUnitDeliveredV1 } from '@okienko/contracts/cases/allocation-unit-delivered.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { IndividualPlan } from '../plans/individual-plan';
import type { PlanItem, UnitOfMeasure } from '../plans/plan-content';

export type AllocationState =
  'ALLOCATED' | 'REFERRED' | 'ACCEPTED' | 'DECLINED' | 'IN_DELIVERY' | 'COMPLETED' | 'TERMINATED';

const transitions: Readonly<Record<AllocationState, readonly AllocationState[]>> = {
  ALLOCATED: ['REFERRED', 'TERMINATED'],
  REFERRED: ['ACCEPTED', 'DECLINED', 'TERMINATED'],
  DECLINED: ['REFERRED', 'TERMINATED'],
  ACCEPTED: ['IN_DELIVERY', 'COMPLETED'],
  IN_DELIVERY: ['COMPLETED'],
  COMPLETED: [],
  TERMINATED: [],
};

export class ProviderJustDeclined extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'provider-just-declined';
  constructor() {
    super('This provider has just declined. Refer the allocation to another.');
  }
}

export class PlanNotInForce extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'plan-not-in-force';
  constructor() {
    super('The plan has ended, so its services are not referred any more.');
  }
}

export interface Termination {
  readonly reasonCode: 'PLAN_CHANGED';
  readonly terminatedOn: Day;
}

/** One service of an approved plan, on its way to and through a provider (przydział usługi). */
export class Allocation {
  private termination?: Termination;

  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly planId: string,
    readonly personId: string,
    readonly itemId: string,
    readonly offerId: string,
    readonly periodFrom: Day,
    readonly periodTo: Day,
    readonly quantity: number,
    readonly unitOfMeasure: UnitOfMeasure,
    private state: AllocationState,
    private providerId: string | null,
    /** Which referral this is; an answer to an earlier one is stale. */
    private attempt: number,
    private orderId: string | null,
    private declineReason: string | null,
    private deliveredTotal: number,
    private startedOn: Day | null,
    private completedOn: Day | null,
  ) {}

  static create(
    id: string,
    plan: IndividualPlan,
    { itemId, offerId, quantity, unit: unitOfMeasure }: PlanItem,
    from = plan.periodFrom,
  ): Allocation {
    const { unit, terc, personId, periodTo } = plan;
    return new Allocation(
      id,
      0,
      unit,
      terc,
      plan.id,
      personId,
      itemId,
      offerId,
      from,
      periodTo,
      quantity,
      unitOfMeasure,
      'ALLOCATED',
      null,
      0,
      null,
      null,
      0,
      null,
      null,
    );
  }

  refer(providerId: string): void {
    if (this.state === 'DECLINED' && providerId === this.providerId) throw new ProviderJustDeclined();
    this.moveTo('REFERRED', 'referred');
    this.providerId = providerId;
    this.attempt += 1;
    this.orderId = null;
    this.declineReason = null;
  }

  awaits(answer: { readonly providerId: string; readonly attempt: number }): boolean {
    return this.state === 'REFERRED' && answer.attempt === this.attempt && answer.providerId === this.providerId;
  }

  /** Referred to this provider, and not answered yet. */
  mayBeAnsweredBy(providerId: string): boolean {
    return this.state === 'REFERRED' && providerId === this.providerId;
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

  /** Is this the order that the provider took? */
  isPerformedUnder(orderId: string): boolean {
    return this.state !== 'DECLINED' && this.orderId === orderId;
  }

  /** A provider has taken it on and is not through with it. */
  get isTaken(): boolean {
    return this.state === 'ACCEPTED' || this.state === 'IN_DELIVERY';
  }

  get awaitsStart(): boolean {
    return this.state === 'ACCEPTED';
  }

  start(startedOn: Day): void {
    this.moveTo('IN_DELIVERY', 'started');
    this.startedOn = startedOn;
  }

  /** Counts also what was delivered before the end and accepted after it. */
  count(quantity: number): void {
    if (this.state !== 'IN_DELIVERY' && this.state !== 'COMPLETED')
      throw new NotInState('allocation', 'delivered', this.state);
    this.deliveredTotal += quantity;
  }

  complete(completedOn: Day): void {
    this.moveTo('COMPLETED', 'completed');
    this.completedOn = completedOn;
  }

  /** Nobody has taken it on, and nobody need any more. */
  terminate(termination: Termination): void {
    this.moveTo('TERMINATED', 'terminated');
    this.termination = termination;
  }

  created(): DomainEvent<typeof allocationCreatedV1> {
    const { planId, personId, offerId, periodFrom: from, periodTo: to, quantity, unitOfMeasure: unit } = this;
    return event(allocationCreatedV1, this.id, { planId, personId, offerId, from, to, quantity, unit }, this.terc);
  }

  referred(): DomainEvent<typeof allocationReferredV1> {
    const { planId, offerId, attempt, periodFrom: from, periodTo: to, quantity, unitOfMeasure: unit } = this;
    const data = { planId, offerId, providerId: this.provider, attempt, from, to, quantity, unit };
    return event(allocationReferredV1, this.id, data, this.terc);
  }

  accepted(): DomainEvent<typeof allocationAcceptedV1> {
    return event(allocationAcceptedV1, this.id, this.inOrder, this.terc);
  }

  declined(): DomainEvent<typeof allocationDeclinedV1> {
    const { planId, offerId, providerId, orderId } = this.inOrder;
    const reasonCode = this.declineReason ?? 'UNKNOWN';
    return event(allocationDeclinedV1, this.id, { planId, offerId, providerId, orderId, reasonCode }, this.terc);
  }

  started(): DomainEvent<typeof allocationStartedV1> {
    const { planId, personId, offerId } = this;
    const data = { planId, personId, offerId, providerId: this.provider, startedOn: this.startedOn as Day };
    return event(allocationStartedV1, this.id, data, this.terc);
  }

  unitDelivered(deliveryId: string, quantity: number): DomainEvent<typeof allocationUnitDeliveredV1> {
    const { planId, deliveredTotal } = this;
    return event(allocationUnitDeliveredV1, this.id, { planId, deliveryId, quantity, deliveredTotal }, this.terc);
  }

  completed(): DomainEvent<typeof allocationCompletedV1> {
    return event(allocationCompletedV1, this.id, { ...this.inOrder, completedOn: this.completedOn as Day }, this.terc);
  }

  terminated(): DomainEvent<typeof allocationTerminatedV1> {
    const { planId, personId, offerId, attempt, providerId } = this;
    const asked = providerId === null ? {} : { providerId };
    const data = { planId, personId, offerId, ...asked, attempt, ...(this.termination as Termination) };
    return event(allocationTerminatedV1, this.id, data, this.terc);
  }

  private get provider(): string {
    if (this.providerId === null) throw new NotInState('allocation', 'reported as referred', this.state);
    return this.providerId;
  }

  private get inOrder(): { planId: string; personId: string; offerId: string; providerId: string; orderId: string } {
    const { planId, personId, offerId, orderId } = this;
    if (orderId === null) throw new NotInState('allocation', 'reported as answered', this.state);
    return { planId, personId, offerId, providerId: this.provider, orderId };
  }

  private moveTo(next: AllocationState, act: string): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('allocation', act, this.state);
    this.state = next;
  }
}
