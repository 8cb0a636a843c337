import type { Day } from '@okienko/contracts/calendar';
import { planAbandonedV1 } from '@okienko/contracts/cases/plan-abandoned.v1';
import { planAgreedV1 } from '@okienko/contracts/cases/plan-agreed.v1';
import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { planDraftStartedV1 } from '@okienko/contracts/cases/plan-draft-started.v1';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { planReturnedV1 } from '@okienko/contracts/cases/plan-returned.v1';
import { planSubmittedForApprovalV1 } from '@okienko/contracts/cases/plan-submitted-for-approval.v1';
import { planUpdateAbandonedV1 } from '@okienko/contracts/cases/plan-update-abandoned.v1';
import { planUpdateStartedV1 } from '@okienko/contracts/cases/plan-update-started.v1';
import { planUpdatedV1 } from '@okienko/contracts/cases/plan-updated.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Abandonment, Agreement, Approval, ClosingTalk, Ending, PlannedApplication } from './plan-acts';
import {
  assertComplete,
  assertPeriod,
  assertQualified,
  type PlanContent,
  type PlanItem,
  type QualifiedItems,
} from './plan-content';
import {
  AnotherApplication,
  DayInTheFuture,
  NotTheCoordinator,
  OwnPlan,
  PlanOver,
  StartIsFixed,
  UpdateOpen,
} from './plan-errors';
import { assertMoves, type DraftState, type PlanState } from './plan-state';
import { changesBetween, type PlanChanges, type PlanUpdate } from './plan-update';

/** A plan, and later each update of it, on the way to approval (art. 38–41). */
export abstract class DraftedPlan {
  protected constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly personId: string,
    readonly applicationId: string,
    /** Of the version in force, or of the first draft. */
    public drafter: string,
    readonly draftedAt: Date,
    /** Art. 40: 30 days from filing. Drafting later is possible, and stays visible. */
    readonly draftDueOn: Day,
    readonly draftedLate: boolean,
    protected state: PlanState,
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
    protected coordinator: string | null,
    /** 1, and one more with every update approved. */
    public planVersion: number,
    /** When the update in force was drafted. */
    protected updateDraftedAt: Date | null,
    public openUpdate: PlanUpdate | null,
    public openUpdateTexts: Buffer | null,
    public abandonment: Abandonment | null,
  ) {}

  /** Art. 41(2): the next version is drafted beside the one in force, which stays so until the other is approved. */
  startUpdate(application: PlannedApplication, content: PlanContent, by: string, now: Date): void {
    this.assertCoordinatedBy(by);
    if (!this.isInForce) throw new NotInState('plan', 'updated', this.state);
    if (this.openUpdate) throw new UpdateOpen();
    this.assertFits(application, content);
    this.openUpdate = {
      planVersion: this.planVersion + 1,
      state: 'DRAFT',
      drafter: by,
      draftedAt: now.toISOString(),
      periodTo: content.to,
      items: content.items,
      agreement: null,
      returnReason: null,
    };
    this.openUpdateTexts = content.texts;
  }

  /** A draft is written anew as a whole, so its drafter is whoever did that last. */
  redraft(application: PlannedApplication, content: PlanContent, by: string): void {
    this.assertCoordinatedBy(by);
    const state = this.openUpdate?.state ?? this.state;
    if (state !== 'DRAFT') throw new NotInState('plan', 'redrafted', state);
    this.assertFits(application, content);
    const { from, to: periodTo, items, texts } = content;
    if (this.openUpdate) {
      this.openUpdate = { ...this.openUpdate, drafter: by, periodTo, items };
      this.openUpdateTexts = texts;
    } else Object.assign(this, { drafter: by, periodFrom: from, periodTo, items, texts });
  }

  agree(agreement: Agreement, application: QualifiedItems, by: string, today: Day): void {
    this.assertCoordinatedBy(by);
    if (agreement.agreedOn > today) throw new DayInTheFuture();
    const { items } = this.drafted;
    assertComplete(items);
    assertQualified(items, application);
    this.advance('AGREED', 'agreed', { agreement });
  }

  submit(by: string): void {
    this.assertCoordinatedBy(by);
    this.advance('PENDING_APPROVAL', 'submitted for approval');
  }

  /** Back to the coordinator. What was agreed no longer holds. */
  return(reasonCode: string): void {
    this.advance('DRAFT', 'returned', { agreement: null, returnReason: reasonCode });
  }

  /** Art. 41(1). The services must still be granted: an item may have been withdrawn since the drafting. */
  approve(approval: Approval, application: QualifiedItems): void {
    const { drafter, items } = this.drafted;
    if ([drafter, this.coordinatedBy].includes(approval.approvedBy)) throw new OwnPlan();
    assertQualified(items, application);
    if (this.openUpdate) this.replaceBy(this.openUpdate, approval);
    else this.moveTo('APPROVED', 'approved');
    this.approval = approval;
  }

  /** Without agreement there is no plan. Where one is in force, it is its update that is given up. */
  abandon(abandonment: Abandonment): DomainEvent {
    const { reasonCode } = abandonment;
    if (this.openUpdate) {
      const { planVersion } = this.openUpdate;
      this.openUpdate = this.openUpdateTexts = null;
      return event(planUpdateAbandonedV1, this.id, { personId: this.personId, planVersion, reasonCode }, this.terc);
    }
    this.moveTo('ABANDONED', 'abandoned');
    this.abandonment = abandonment;
    const { personId, applicationId } = this;
    return event(planAbandonedV1, this.id, { personId, applicationId, ...abandonment }, this.terc);
  }

  /** Whoever drafted it first, until another is named. */
  get coordinatedBy(): string {
    return this.coordinator ?? this.drafter;
  }

  assertCoordinatedBy(account: string): void {
    if (account !== this.coordinatedBy) throw new NotTheCoordinator();
  }

  /** Its services may be delivered and referred. */
  get isInForce(): boolean {
    return this.state === 'APPROVED' || this.state === 'ACTIVE';
  }

  /** On its way to be approved for the first time. */
  get isDrafted(): boolean {
    return this.state === 'DRAFT' || this.state === 'AGREED' || this.state === 'PENDING_APPROVAL';
  }

  draftStarted(): DomainEvent<typeof planDraftStartedV1> {
    const { personId, applicationId, draftDueOn } = this;
    return event(planDraftStartedV1, this.id, { personId, applicationId, draftDueOn }, this.terc);
  }

  redrafted(): DomainEvent<typeof planRedraftedV1> {
    return event(planRedraftedV1, this.id, this.inDraft, this.terc);
  }

  agreed({ manner }: Agreement): DomainEvent<typeof planAgreedV1> {
    const items = this.drafted.items.map(({ itemId, offerId }) => ({ itemId, offerId }));
    const data = { ...this.inDraft, from: this.periodFrom, to: this.drafted.periodTo, manner, items };
    return event(planAgreedV1, this.id, data, this.terc);
  }

  submittedForApproval(): DomainEvent<typeof planSubmittedForApprovalV1> {
    return event(planSubmittedForApprovalV1, this.id, this.inDraft, this.terc);
  }

  returned(reasonCode: string): DomainEvent<typeof planReturnedV1> {
    return event(planReturnedV1, this.id, { ...this.inDraft, reasonCode }, this.terc);
  }

  updateStarted(): DomainEvent<typeof planUpdateStartedV1> {
    return event(planUpdateStartedV1, this.id, this.inDraft, this.terc);
  }

  updated({ added, dropped, changed }: PlanChanges, approval: Approval): DomainEvent<typeof planUpdatedV1> {
    const { personId, planVersion, periodTo: to } = this;
    const { authorisationId, approvedOn } = approval;
    const items = { added: added.map(idOf), dropped: dropped.map(idOf), changed: changed.map(idOf) };
    return event(
      planUpdatedV1,
      this.id,
      { personId, planVersion, to, authorisationId, approvedOn, ...items },
      this.terc,
    );
  }

  approved({ authorisationId, approvedOn }: Approval): DomainEvent<typeof planApprovedV1> {
    return event(planApprovedV1, this.id, { personId: this.personId, authorisationId, approvedOn }, this.terc);
  }

  /** What the update will do to the services once it is approved. */
  get pendingChanges(): PlanChanges {
    return changesBetween(this, this.drafted);
  }

  private get drafted(): Pick<PlanUpdate, 'planVersion' | 'drafter' | 'periodTo' | 'items'> {
    return this.openUpdate ?? this;
  }

  private get inDraft(): { personId: string; planVersion: number } {
    return { personId: this.personId, planVersion: this.drafted.planVersion };
  }

  private assertFits(application: PlannedApplication, { from, to, items }: PlanContent): void {
    if (application.id !== this.applicationId) throw new AnotherApplication();
    if (this.isInForce && from !== this.periodFrom) throw new StartIsFixed();
    assertPeriod(from, to);
    assertQualified(items, application);
  }

  private replaceBy({ state, planVersion, drafter, draftedAt, ...update }: PlanUpdate, { approvedOn }: Approval): void {
    assertMoves(state, 'APPROVED', 'approved');
    if (update.periodTo < approvedOn) throw new PlanOver();
    const texts = this.openUpdateTexts ?? this.texts;
    Object.assign(this, { ...update, planVersion, drafter, texts, updateDraftedAt: new Date(draftedAt) });
    this.openUpdate = this.openUpdateTexts = null;
  }

  /** The update, or the plan itself as long as it has never been approved. */
  private advance(
    next: DraftState,
    act: string,
    change: Partial<Pick<PlanUpdate, 'agreement' | 'returnReason'>> = {},
  ): void {
    if (this.openUpdate) {
      assertMoves(this.openUpdate.state, next, act);
      this.openUpdate = { ...this.openUpdate, ...change, state: next };
    } else {
      this.moveTo(next, act);
      Object.assign(this, change);
    }
  }

  protected moveTo(next: PlanState, act: string): void {
    assertMoves(this.state, next, act);
    this.state = next;
  }
}

const idOf = ({ itemId }: PlanItem): string => itemId;
