import { Injectable } from '@nestjs/common';
import { type Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { CommunityPlan, type Evaluation } from './community-plan';
import type { CommunityPlanContent } from './community-plan-content';

@Injectable()
export class CommunityPlanCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  draft(content: CommunityPlanContent): Promise<Changed> {
    return this.work.run(async ({ save }) => {
      const plan = CommunityPlan.draft(uuidv7(), content);
      await save(plan, plan.drafted());
      return { id: plan.id, version: plan.version };
    });
  }

  revise(id: string, expectedVersion: number, content: CommunityPlanContent): Promise<Changed> {
    return this.work.change(CommunityPlan, id, expectedVersion, (plan) => plan.revise(content));
  }

  adopt(id: string, expectedVersion: number, adoptedOn: Day): Promise<Changed> {
    return this.work.change(CommunityPlan, id, expectedVersion, async (plan, { query }) =>
      plan.adopt(adoptedOn, await isAdopted(query, plan.diagnosisId), this.today),
    );
  }

  update(id: string, expectedVersion: number, content: CommunityPlanContent): Promise<Changed> {
    return this.work.change(CommunityPlan, id, expectedVersion, async (plan, { query }) =>
      plan.update(content, await isAdopted(query, content.diagnosisId), this.today),
    );
  }

  close(id: string, expectedVersion: number, evaluation: Evaluation): Promise<Changed> {
    return this.work.change(CommunityPlan, id, expectedVersion, (plan) => plan.close(evaluation, this.today));
  }

  withdraw(id: string, expectedVersion: number, reasonCode: string): Promise<Changed> {
    return this.work.change(CommunityPlan, id, expectedVersion, (plan) => plan.withdraw(reasonCode));
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

/** Without a lock: what is adopted never becomes a draft again, and a plan may rest on one that was superseded since. */
async function isAdopted(query: Work['query'], diagnosisId: string | undefined): Promise<boolean> {
  if (diagnosisId === undefined) return true;
  const found = await query(`select from diagnosis where id = $1 and state in ('ADOPTED', 'SUPERSEDED')`, [
    diagnosisId,
  ]);
  return found.length > 0;
}
