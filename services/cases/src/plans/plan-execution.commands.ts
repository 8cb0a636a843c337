import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { endAllocationsOfItems } from '../allocations/allocation-ending';
import { Authorisation } from '../authorisations/authorisation';
import { meetDeadline, reassignDeadlines } from '../deadlines/deadlines';
import { endFeesOfItems } from '../fees/fee-ending';
import { endPlaces, usePlaces } from '../programmes/places.commands';
import { IndividualPlan } from './individual-plan';
import type { Approval, Ending } from './plan-acts';
import { allocate } from './plan-allocations';
import { startPlanClock } from './plan-clocks';
import type { PlanItem } from './plan-content';
import { endPlan } from './plan-ending';
import type { PlanChanges } from './plan-update';
import { planWithApplication } from './plan-with-application';
import type { PlanApproved, ReassignCoordinator } from './plans.dto';

/** What puts a plan or its update into effect and takes it out again. Plans are locked before their allocations, here and everywhere. */
@Injectable()
export class PlanExecutionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  return(id: string, expectedVersion: number, reasonCode: string, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      plan.return(reasonCode);
      await work.save(plan, plan.returned(reasonCode));
      meetDeadline(work, 'PLAN_APPROVAL', id);
      return this.logged(work, plan, access);
    });
  }

  approve(id: string, expectedVersion: number, authorisationId: string, access: Access): Promise<PlanApproved> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const approval = { authorisationId, approvedBy: access.caller.sub, approvedOn: dayOf(this.clock.now()) };
      const { plan, application } = await planWithApplication(work, id, access.caller, expectedVersion);
      const changes = plan.openUpdate && plan.pendingChanges;
      plan.approve(approval, application);
      const authorisation = await work.load(Authorisation, authorisationId);
      authorisation.assertCovers('APPROVE_PLANS', approval.approvedBy, approval.approvedOn);
      const allocations = changes ? await update(work, plan, approval, changes) : await begin(work, plan, approval);
      meetDeadline(work, 'PLAN_APPROVAL', id);
      startPlanClock(work, plan, 'PLAN_END', plan.periodTo);
      return { ...(await this.logged(work, plan, access)), allocations };
    });
  }

  /** The first day of its period has come, and no service has activated it yet. */
  activate(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const plan = await work.load(IndividualPlan, id);
      if (!plan.awaitsStart || plan.beginsOn > dayOf(this.clock.now())) return;
      plan.activate();
      await work.save(plan, plan.activated(plan.beginsOn));
    });
  }

  reassign(
    id: string,
    expectedVersion: number,
    { coordinator, reasonCode }: ReassignCoordinator,
    access: Access,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const before = plan.coordinatedBy;
      plan.reassign(coordinator);
      await work.save(plan, plan.coordinatorReassigned(before, reasonCode));
      reassignDeadlines(work, plan.applicationId, coordinator);
      return this.logged(work, plan, access);
    });
  }

  /** Whatever hangs on the plan ends with it, also what nobody has answered yet. */
  end(id: string, expectedVersion: number, reason: Ending['reason'], access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      plan.assertCoordinatedBy(access.caller.sub);
      const today = dayOf(this.clock.now());
      await endPlan(work, plan, { reason, endedOn: today });
      if (endsFees.has(reason)) await endFeesOfItems(work, plan.items.map(idOf), today, today);
      return this.logged(work, plan, access);
    });
  }

  private async logged(work: Work, plan: IndividualPlan, access: Access): Promise<Changed> {
    const { id, version, personId, applicationId } = plan;
    await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['PLAN'], caseRef: applicationId });
    return { id, version };
  }
}

async function begin(work: Work, plan: IndividualPlan, approval: Approval): Promise<PlanApproved['allocations']> {
  await usePlaces(work, plan.id, plan.items.map(idOf));
  await work.save(plan, plan.approved(approval));
  startPlanClock(work, plan, 'MONITORING', later(plan.periodFrom, approval.approvedOn));
  return allocate(work, plan, plan.items, plan.periodFrom, approval.approvedOn);
}

/** The version that was in force is kept, and only what differs in the new one is referred anew. */
async function update(
  work: Work,
  plan: IndividualPlan,
  approval: Approval,
  changes: PlanChanges,
): Promise<PlanApproved['allocations']> {
  const { added, dropped, changed } = changes;
  const { approvedOn } = approval;
  work.send(
    `insert into plan_version (plan_id, plan_version, drafter, drafted_at, period_from, period_to, items, texts, agreement,
       approval, replaced_on)
     select id, plan_version, drafter, coalesce(update_drafted_at, drafted_at), period_from, period_to, items, texts, agreement,
       approval, $2 from individual_plan where id = $1`,
    [plan.id, approvedOn],
  );
  await usePlaces(work, plan.id, added.map(idOf));
  await work.save(plan, plan.updated(changes, approval));
  await endAllocationsOfItems(work, plan.id, [...dropped, ...changed].map(idOf), approvedOn);
  await endPlaces(work, plan.id, dropped.map(idOf));
  await endFeesOfItems(work, dropped.map(idOf), approvedOn, approvedOn);
  return allocate(work, plan, [...added, ...changed], later(plan.periodFrom, approvedOn), approvedOn);
}

/** Not by the period, which a fee has of its own. */
const endsFees = new Set<Ending['reason']>(['RESIGNATION', 'DEATH', 'LEFT_GMINA']);
const idOf = ({ itemId }: PlanItem): string => itemId;
const later = (one: Day, other: Day): Day => (one > other ? one : other);
