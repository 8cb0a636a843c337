import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { planActivatedV1 } from '@okienko/contracts/cases/plan-activated.v1';
import { planClosedV1 } from '@okienko/contracts/cases/plan-closed.v1';
import { planClosingTalkHeldV1 } from '@okienko/contracts/cases/plan-closing-talk-held.v1';
import { planCoordinatorReassignedV1 } from '@okienko/contracts/cases/plan-coordinator-reassigned.v1';
import { planEndedV1 } from '@okienko/contracts/cases/plan-ended.v1';
import { planMonitoringRecordedV1 } from '@okienko/contracts/cases/plan-monitoring-recorded.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { clockFrom } from '../terms/clocks';
import { DraftedPlan } from './drafted-plan';
import type { ClosingTalk, Contact, Ending, PlannedApplication } from './plan-acts';
import { assertPeriod, assertQualified, type PlanContent } from './plan-content';
import { BeforeThePlan, DayInTheFuture, SameCoordinator } from './plan-errors';

export type { Ending } from './plan-acts';

/** Individual plan of social services, IPUS (art. 38–41, 45): how it begins, what becomes of it once approved, and its end. */
export class IndividualPlan extends DraftedPlan {
  static draft(
    id: string,
    application: PlannedApplication,
    content: PlanContent,
    drafter: string,
    now: Date,
  ): IndividualPlan {
    const { unit, terc, personId, filedAt } = application;
    const { from, to, items, texts } = content;
    assertPeriod(from, to);
    assertQualified(items, application);
    const { dueOn } = clockFrom('PLAN_DRAFT', dayOf(filedAt));
    const isLate = dayOf(now) > dueOn;
    return new IndividualPlan(
      id,
      0,
      unit,
      terc,
      personId,
      application.id,
      drafter,
      now,
      dueOn,
      isLate,
      'DRAFT',
      from,
      to,
      items,
      texts,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      drafter,
      1,
      null,
      null,
      null,
      null,
    );
  }

  activate(): void {
    this.moveTo('ACTIVE', 'activated');
  }

  end(ending: Ending): void {
    this.moveTo('ENDED', 'ended');
    this.ending = ending;
  }

  /** Art. 45(1). */
  monitor({ heldOn }: Contact, by: string, today: Day): void {
    this.assertCoordinatedBy(by);
    if (!this.isInForce) throw new NotInState('plan', 'monitored', this.state);
    if (heldOn > today) throw new DayInTheFuture();
    if (heldOn < dayOf(this.draftedAt)) throw new BeforeThePlan();
  }

  /** Art. 45(2): with the person, or a note of why it was impossible. */
  holdClosingTalk(talk: ClosingTalk, note: Buffer | null, by: string, today: Day): void {
    this.assertCoordinatedBy(by);
    if (talk.heldOn > today) throw new DayInTheFuture();
    this.moveTo('SUMMARISED', 'summed up');
    this.closingTalk = talk;
    this.closingNote = note;
  }

  close(description: Buffer, by: string, today: Day): void {
    this.assertCoordinatedBy(by);
    this.moveTo('CLOSED', 'closed');
    this.description = description;
    this.closedOn = today;
  }

  reassign(to: string): void {
    if (this.state === 'CLOSED' || this.state === 'ABANDONED') throw new NotInState('plan', 'reassigned', this.state);
    if (to === this.coordinatedBy) throw new SameCoordinator();
    this.coordinator = to;
  }

  get awaitsStart(): boolean {
    return this.state === 'APPROVED';
  }

  /** The day that activates it if no service has: its first one, or the day after an approval that came later. */
  get beginsOn(): Day {
    const afterApproval = addDays(this.approval?.approvedOn ?? this.periodFrom, 1);
    return this.periodFrom < afterApproval ? afterApproval : this.periodFrom;
  }

  activated(activatedOn: Day): DomainEvent<typeof planActivatedV1> {
    return event(planActivatedV1, this.id, { personId: this.personId, activatedOn }, this.terc);
  }

  monitored(contact: Contact): DomainEvent<typeof planMonitoringRecordedV1> {
    return event(planMonitoringRecordedV1, this.id, { personId: this.personId, ...contact }, this.terc);
  }

  coordinatorReassigned(from: string, reasonCode: string): DomainEvent<typeof planCoordinatorReassignedV1> {
    const data = { personId: this.personId, from, to: this.coordinatedBy, reasonCode };
    return event(planCoordinatorReassignedV1, this.id, data, this.terc);
  }

  ended({ endedOn, reason }: Ending): DomainEvent<typeof planEndedV1> {
    return event(planEndedV1, this.id, { personId: this.personId, endedOn, reason }, this.terc);
  }

  closingTalkHeld({ heldOn, outcome }: ClosingTalk): DomainEvent<typeof planClosingTalkHeldV1> {
    return event(planClosingTalkHeldV1, this.id, { personId: this.personId, heldOn, outcome }, this.terc);
  }

  closed(closedOn: Day): DomainEvent<typeof planClosedV1> {
    return event(planClosedV1, this.id, { personId: this.personId, closedOn }, this.terc);
  }
}
