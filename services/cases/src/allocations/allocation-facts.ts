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
import { allocationUnitWithdrawnV1 } from '@okienko/contracts/cases/allocation-unit-withdrawn.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DataOf, type DomainEvent, event, type EventContract } from '@okienko/contracts/event';
import type { UnitOfMeasure } from '../plans/plan-content';
import type { AllocationState, Suspension } from './allocation-states';

/** What is told of an allocation: ids, codes, days and counts. */
export abstract class AllocationFacts {
  abstract readonly id: string;
  abstract readonly terc: string;
  abstract readonly planId: string | null;
  abstract readonly applicationId: string | null;
  abstract readonly personId: string;
  abstract readonly offerId: string;
  abstract readonly periodFrom: Day;
  abstract readonly periodTo: Day;
  abstract readonly quantity: number;
  abstract readonly unitOfMeasure: UnitOfMeasure;
  abstract readonly providerId: string | null;
  abstract readonly attempt: number;
  protected abstract readonly state: AllocationState;
  protected abstract readonly answerBy: Day | null;
  protected abstract readonly orderId: string | null;
  protected abstract readonly declineReason: string | null;
  protected abstract readonly deliveredTotal: number;
  protected abstract readonly startedOn: Day | null;
  protected abstract readonly completedOn: Day | null;
  protected abstract readonly endedOn: Day | null;
  protected abstract readonly endReason: string | null;

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

  unitWithdrawn(deliveryId: string, quantity: number): DomainEvent<typeof allocationUnitWithdrawnV1> {
    const { matter, deliveredTotal } = this;
    return event(allocationUnitWithdrawnV1, this.id, { ...matter, deliveryId, quantity, deliveredTotal }, this.terc);
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

  protected get provider(): string {
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

  protected get matter(): { planId: string } | { applicationId: string } {
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
}
