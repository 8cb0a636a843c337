import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { planActivatedV1 } from '@okienko/contracts/cases/plan-activated.v1';
import { planAgreedV1 } from '@okienko/contracts/cases/plan-agreed.v1';
import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { planClosedV1 } from '@okienko/contracts/cases/plan-closed.v1';
import { planClosingTalkHeldV1 } from '@okienko/contracts/cases/plan-closing-talk-held.v1';
import { planDraftStartedV1 } from '@okienko/contracts/cases/plan-draft-started.v1';
import { planEndedV1 } from '@okienko/contracts/cases/plan-ended.v1';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { planReturnedV1 } from '@okienko/contracts/cases/plan-returned.v1';
import { planSubmittedForApprovalV1 } from '@okienko/contracts/cases/plan-submitted-for-approval.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { termsOn } from '../terms/statutory-terms';
import { assertPeriod, assertQualified, type PlanContent, type PlanItem, type QualifiedItems } from './plan-content';
import { AnotherApplication, DayInTheFuture, NotTheDrafter, OwnPlan } from './plan-errors';

export const planStates = [
  'DRAFT',
  'AGREED',
  'PENDING_APPROVAL',
  'APPROVED',
  'ACTIVE',
  'ENDED',
  'SUMMARISED',
  'CLOSED',
] as const;
export type PlanState = (typeof planStates)[number];

const transitions: Readonly<Record<PlanState, readonly PlanState[]>> = {
  DRAFT: ['AGREED'],
  AGREED: ['PENDING_APPROVAL'],
  PENDING_APPROVAL: ['APPROVED', 'DRAFT'],
  APPROVED: ['ACTIVE', 'ENDED'],
  ACTIVE: ['ENDED'],
  ENDED: ['SUMMARISED'],
  SUMMARISED: ['CLOSED'],
  CLOSED: [],
};

export interface Agreement {
  readonly manner: 'SIGNATURE' | 'ORAL_NOTE' | 'ELECTRONIC';
  readonly agreedOn: Day;
}
export interface Approval {
  readonly authorisationId: string;
  readonly approvedBy: string;
  readonly approvedOn: Day;
}
export interface Ending {
  readonly reason: 'PERIOD_OVER' | 'ITEMS_CLOSED' | 'RESIGNATION' | 'DEATH' | 'LEFT_GMINA';
  readonly endedOn: Day;
}
export interface ClosingTalk {
  readonly heldOn: Day;
  readonly outcome: 'HELD' | 'IMPOSSIBLE';
}

/** What a plan needs to know of the application it answers. */
export interface PlannedApplication extends QualifiedItems {
  readonly id: string;
  readonly unit: string;
  readonly personId: string;
  readonly terc: string;
  readonly filedAt: Date;
}

/** Individual plan of social services, IPUS (art. 38–41, 45). */
export class IndividualPlan {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly personId: string,
    readonly applicationId: string,
    readonly drafter: string,
    readonly draftedAt: Date,
    /** Art. 40: 30 days from filing. Drafting later is possible, and stays visible. */
    readonly draftDueOn: Day,
    readonly draftedLate: boolean,
    private state: PlanState,
    public periodFrom: Day,
    public periodTo: Day,
    public items: readonly PlanItem[],
    public texts: Buffer,
    public agreement: Agreement | null,
    public returnReason: string | null,
    public approval: Approval | null,
    public ending: Ending | null,
    public closingTalk: ClosingTalk | null,
    /** Ciphertext. */
    public closingNote: Buffer | null,
    /** Ciphertext: course and results (art. 45(3)). */
    public description: Buffer | null,
    public closedOn: Day | null,
  ) {}

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
    const filedOn = dayOf(filedAt);
    const dueOn = addDays(filedOn, termsOn(filedOn).planDraftDays);
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
    );
  }

  redraft(application: PlannedApplication, { from, to, items, texts }: PlanContent, by: string): void {
    if (this.state !== 'DRAFT') throw new NotInState('plan', 'redrafted', this.state);
    if (by !== this.drafter) throw new NotTheDrafter();
    if (application.id !== this.applicationId) throw new AnotherApplication();
    assertPeriod(from, to);
    assertQualified(items, application);
    this.periodFrom = from;
    this.periodTo = to;
    this.items = items;
    this.texts = texts;
  }

  agree(agreement: Agreement, today: Day): void {
    if (agreement.agreedOn > today) throw new DayInTheFuture();
    this.moveTo('AGREED', 'agreed');
    this.agreement = agreement;
  }

  submit(): void {
    this.moveTo('PENDING_APPROVAL', 'submitted for approval');
  }

  /** Back to the drafter. What was agreed no longer holds. */
  return(reasonCode: string): void {
    this.moveTo('DRAFT', 'returned');
    this.agreement = null;
    this.returnReason = reasonCode;
  }

  /** Art. 41(1). The services must still be granted: an item may have been withdrawn since the drafting. */
  approve(approval: Approval, application: QualifiedItems): void {
    if (approval.approvedBy === this.drafter) throw new OwnPlan();
    assertQualified(this.items, application);
    this.moveTo('APPROVED', 'approved');
    this.approval = approval;
  }

  activate(): void {
    this.moveTo('ACTIVE', 'activated');
  }

  end(ending: Ending): void {
    this.moveTo('ENDED', 'ended');
    this.ending = ending;
  }

  /** Art. 45(2): with the person, or a note of why it was impossible. */
  holdClosingTalk(talk: ClosingTalk, note: Buffer | null, today: Day): void {
    if (talk.heldOn > today) throw new DayInTheFuture();
    this.moveTo('SUMMARISED', 'summed up');
    this.closingTalk = talk;
    this.closingNote = note;
  }

  close(description: Buffer, today: Day): void {
    this.moveTo('CLOSED', 'closed');
    this.description = description;
    this.closedOn = today;
  }

  /** Its services may be delivered and referred. */
  get isInForce(): boolean {
    return this.state === 'APPROVED' || this.state === 'ACTIVE';
  }

  get awaitsStart(): boolean {
    return this.state === 'APPROVED';
  }

  draftStarted(): DomainEvent<typeof planDraftStartedV1> {
    const { personId, applicationId, draftDueOn } = this;
    return event(planDraftStartedV1, this.id, { personId, applicationId, draftDueOn }, this.terc);
  }

  redrafted(): DomainEvent<typeof planRedraftedV1> {
    return event(planRedraftedV1, this.id, { personId: this.personId }, this.terc);
  }

  agreed({ manner }: Agreement): DomainEvent<typeof planAgreedV1> {
    const items = this.items.map(({ itemId, offerId }) => ({ itemId, offerId }));
    const data = { personId: this.personId, from: this.periodFrom, to: this.periodTo, manner, items };
    return event(planAgreedV1, this.id, data, this.terc);
  }

  submittedForApproval(): DomainEvent<typeof planSubmittedForApprovalV1> {
    return event(planSubmittedForApprovalV1, this.id, { personId: this.personId }, this.terc);
  }

  returned(reasonCode: string): DomainEvent<typeof planReturnedV1> {
    return event(planReturnedV1, this.id, { personId: this.personId, reasonCode }, this.terc);
  }

  approved({ authorisationId, approvedOn }: Approval): DomainEvent<typeof planApprovedV1> {
    return event(planApprovedV1, this.id, { personId: this.personId, authorisationId, approvedOn }, this.terc);
  }

  activated(activatedOn: Day): DomainEvent<typeof planActivatedV1> {
    return event(planActivatedV1, this.id, { personId: this.personId, activatedOn }, this.terc);
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

  private moveTo(next: PlanState, act: string): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('plan', act, this.state);
    this.state = next;
  }
}
