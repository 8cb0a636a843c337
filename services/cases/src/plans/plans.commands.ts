import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { assertOffered } from '../capacities/capacities.queries';
import { type Agreement, type ClosingTalk, IndividualPlan } from './individual-plan';
import { assertQualified, type PlanContent, type PlanItem, type PlanTexts } from './plan-content';
import { RecognitionMissing, UnitDiffers } from './plan-errors';
import type { DraftPlan } from './plans.dto';

/** Drafting, agreeing and summing up: the coordinator's acts (art. 38, 45). Approval and end are in plan-execution.commands. */
@Injectable()
export class PlanCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  draft(command: DraftPlan, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, command.applicationId, access.caller);
      await assertRecognised(work, application.id);
      const id = uuidv7();
      const content = await this.contentOf(work, id, application, command);
      const plan = IndividualPlan.draft(id, application, content, access.caller.sub, this.clock.now());
      await work.save(plan, plan.draftStarted());
      return this.logged(work, plan, access);
    });
  }

  redraft(id: string, expectedVersion: number, command: DraftPlan, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const application = await loadVisible(work, Application, command.applicationId, access.caller);
      plan.redraft(application, await this.contentOf(work, id, application, command), access.caller.sub);
      await work.save(plan, plan.redrafted());
      return this.logged(work, plan, access);
    });
  }

  agree(id: string, expectedVersion: number, { manner, agreedOn }: Agreement, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const agreement = { manner, agreedOn };
      plan.agree(agreement, dayOf(this.clock.now()));
      await work.save(plan, plan.agreed(agreement));
      return this.logged(work, plan, access);
    });
  }

  submit(id: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      plan.submit();
      await work.save(plan, plan.submittedForApproval());
      return this.logged(work, plan, access);
    });
  }

  holdClosingTalk(
    id: string,
    expectedVersion: number,
    { heldOn, outcome }: ClosingTalk,
    note: string | undefined,
    access: Access,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const row = await this.personalData.row(work, plan.personId, 'individual_plan', id);
      const talk = { heldOn, outcome };
      plan.holdClosingTalk(talk, row.sealIfGiven('closing_note', note), dayOf(this.clock.now()));
      await work.save(plan, plan.closingTalkHeld(talk));
      return this.logged(work, plan, access);
    });
  }

  close(id: string, expectedVersion: number, description: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const row = await this.personalData.row(work, plan.personId, 'individual_plan', id);
      const today = dayOf(this.clock.now());
      plan.close(row.seal('description', description), today);
      await work.save(plan, plan.closed(today));
      return this.logged(work, plan, access);
    });
  }

  private async contentOf(
    work: Work,
    planId: string,
    application: Application,
    command: DraftPlan,
  ): Promise<PlanContent> {
    assertQualified(command.items, application);
    const items = command.items.map(({ itemId, providerId, quantity, unit }) => ({
      itemId,
      offerId: application.item(itemId).offerId,
      providerId,
      quantity,
      unit,
    }));
    await assertUnits(work, items);
    await assertOffered(work, items);
    const texts: PlanTexts = {
      items: command.items.map(({ itemId, place, schedule }) => ({ itemId, place, schedule })),
      supportingActivities: command.supportingActivities ?? [],
      goals: command.goals ?? [],
    };
    const row = await this.personalData.row(work, application.personId, 'individual_plan', planId);
    return { from: command.from, to: command.to, items, texts: row.sealJson('texts', texts) };
  }

  private async logged(
    work: Work,
    { id, version, personId, applicationId }: IndividualPlan,
    access: Access,
  ): Promise<Changed> {
    await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['PLAN'], caseRef: applicationId });
    return { id, version };
  }
}

async function assertRecognised({ query }: Work, applicationId: string): Promise<void> {
  const [recorded] = await query("select id from needs_recognition where application_id = $1 and state = 'RECORDED'", [
    applicationId,
  ]);
  if (!recorded) throw new RecognitionMissing();
}

async function assertUnits({ query }: Work, items: readonly PlanItem[]): Promise<void> {
  const [different] = await query(
    `select offer.id from offer join unnest($1::uuid[], $2::text[]) item (offer_id, unit)
       on item.offer_id = offer.id and item.unit <> offer.unit_of_measure limit 1`,
    [items.map(({ offerId }) => offerId), items.map(({ unit }) => unit)],
  );
  if (different) throw new UnitDiffers();
}
