import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Allocation } from '../allocations/allocation';
import { refer } from '../allocations/referring';
import { Application } from '../applications/application';
import { Authorisation } from '../authorisations/authorisation';
import { usePlaces } from '../programmes/places.commands';
import { type Ending, IndividualPlan } from './individual-plan';
import { endPlan } from './plan-ending';
import type { PlanApproved } from './plans.dto';

/** What puts a plan into effect and takes it out again. Plans are locked before their allocations, here and everywhere. */
@Injectable()
export class PlanExecutionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  return(id: string, expectedVersion: number, reasonCode: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      plan.return(reasonCode);
      await work.save(plan, plan.returned(reasonCode));
      await this.log(work, plan, access);
      return { id, version: plan.version };
    });
  }

  approve(id: string, expectedVersion: number, authorisationId: string, access: Access): Promise<PlanApproved> {
    return this.work.run(async (work) => {
      const today = dayOf(this.clock.now());
      const approver = access.caller.sub;
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const application = await work.load(Application, plan.applicationId);
      const approval = { authorisationId, approvedBy: approver, approvedOn: today };
      plan.approve(approval, application);
      const authorisation = await work.load(Authorisation, authorisationId);
      authorisation.assertCovers('APPROVE_PLANS', approver, today);
      await usePlaces(
        work,
        id,
        plan.items.map(({ itemId }) => itemId),
      );
      await work.save(plan, plan.approved(approval));
      const allocations = await this.allocate(work, plan, today);
      await this.log(work, plan, access);
      return { id, version: plan.version, allocations };
    });
  }

  /** Whatever hangs on the plan ends with it, also what nobody has answered yet. */
  end(id: string, expectedVersion: number, reason: Ending['reason'], access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const ending = { reason, endedOn: dayOf(this.clock.now()) };
      await endPlan(work, plan, ending);
      await this.log(work, plan, access);
      return { id, version: plan.version };
    });
  }

  private async allocate(work: Work, plan: IndividualPlan, today: Day): Promise<PlanApproved['allocations']> {
    const made: PlanApproved['allocations'] = [];
    const matter = { applicationId: plan.applicationId, assignee: plan.drafter };
    for (const item of plan.items) {
      const allocation = Allocation.create(uuidv7(), plan, item);
      const referral = { providerId: item.providerId, chosenBy: 'PLAN', ...matter } as const;
      await refer(work, allocation, referral, today, [allocation.created()]);
      made.push({ id: allocation.id, itemId: item.itemId });
    }
    return made;
  }

  private log(work: Work, { personId, applicationId }: IndividualPlan, access: Access): Promise<void> {
    return this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['PLAN'], caseRef: applicationId });
  }
}
