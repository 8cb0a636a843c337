import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { StaleVersion } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { PlanNeed } from './plan-need';
import type { OverridePlanNeed } from './plan-needs.dto';

@Injectable()
export class PlanNeedCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  override(
    applicationId: string,
    expectedVersion: number,
    { need, reasonCode, reason }: OverridePlanNeed,
    access: Access,
  ): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, applicationId, access.caller);
      const [known] = await work.query<{ id: string }>('select id from plan_need where application_id = $1', [
        applicationId,
      ]);
      if (!known && expectedVersion !== 0) throw new StaleVersion(expectedVersion, 0);
      const id = known?.id ?? uuidv7();
      const row = await this.personalData.row(work, application.personId, 'plan_need', id);
      const override = { need, reasonCode, reason: row.seal('reason', reason) };
      const by = [access.caller.sub, dayOf(this.clock.now())] as const;
      const planNeed = known
        ? await work.load(PlanNeed, id, expectedVersion)
        : PlanNeed.of(id, application, override, ...by);
      if (known) planNeed.overrideAgain(override, ...by);
      await work.save(planNeed, planNeed.overridden());
      const touched = { personId: application.personId, fieldGroups: ['PLAN'], caseRef: applicationId };
      await this.personalData.record(work, 'WRITE', access, touched);
      return { id, version: planNeed.version };
    });
  }
}
