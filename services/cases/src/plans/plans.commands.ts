import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { assertOffered } from '../capacities/capacities.queries';
import { meetDeadline } from '../deadlines/deadlines';
import { IndividualPlan } from './individual-plan';
import type { Agreement } from './plan-acts';
import { startPlanClock } from './plan-clocks';
import { type PlanContent, type PlanItem, type PlanTexts } from './plan-content';
import type { DraftPlan, PlanItemBody } from './plan-content.dto';
import { abandonDraft } from './plan-ending';
import { RecognitionMissing, UnitDiffers } from './plan-errors';
import { planWithApplication, servicesFor } from './plan-with-application';
import type { PlannedServices } from './planned-services';

/** The way of a plan, and of each update of it, to approval: the coordinator's acts (art. 38–41). */
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
      const application = await this.servicesOf(work, command, access);
      await assertRecognised(work, application.id);
      const id = uuidv7();
      const content = await this.contentOf(work, id, application, command);
      const plan = IndividualPlan.draft(id, application, content, access.caller.sub, this.clock.now());
      await work.save(plan, plan.draftStarted());
      return this.logged(work, plan, access);
    });
  }

  startUpdate(id: string, expectedVersion: number, command: DraftPlan, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const application = await this.servicesOf(work, command, access);
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const content = await this.contentOf(work, id, application, command);
      plan.startUpdate(application, content, access.caller.sub, this.clock.now());
      await work.save(plan, plan.updateStarted());
      return this.logged(work, plan, access);
    });
  }

  redraft(id: string, expectedVersion: number, command: DraftPlan, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const application = await this.servicesOf(work, command, access);
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      plan.redraft(application, await this.contentOf(work, id, application, command), access.caller.sub);
      await work.save(plan, plan.redrafted());
      return this.logged(work, plan, access);
    });
  }

  agree(id: string, expectedVersion: number, { manner, agreedOn }: Agreement, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const { plan, application } = await planWithApplication(work, id, access.caller, expectedVersion);
      const agreement = { manner, agreedOn };
      plan.agree(agreement, application, access.caller.sub, dayOf(this.clock.now()));
      await work.save(plan, plan.agreed(agreement));
      return this.logged(work, plan, access);
    });
  }

  submit(id: string, expectedVersion: number, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      plan.submit(access.caller.sub);
      await work.save(plan, plan.submittedForApproval());
      startPlanClock(work, plan, 'PLAN_APPROVAL', dayOf(this.clock.now()));
      return this.logged(work, plan, access);
    });
  }

  abandon(id: string, expectedVersion: number, reasonCode: string, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      plan.assertCoordinatedBy(access.caller.sub);
      await abandonDraft(work, plan, { reasonCode, abandonedOn: dayOf(this.clock.now()) });
      return this.logged(work, plan, access);
    });
  }

  /** All that was asked for in these applications and is planned here need no plan of its own. */
  private async servicesOf(work: Work, { applicationId, items }: DraftPlan, access: Access): Promise<PlannedServices> {
    const itemIds = items.map(({ itemId }) => itemId);
    const services = await servicesFor(work, applicationId, itemIds, access.caller);
    for (const id of services.applicationIds) meetDeadline(work, 'PLAN_DRAFT', id);
    return services;
  }

  private async contentOf(
    work: Work,
    planId: string,
    application: PlannedServices,
    command: DraftPlan,
  ): Promise<PlanContent> {
    const items = command.items.map((body) => itemOf(body, application.offerOf(body.itemId)));
    await assertUnits(work, items);
    await assertOffered(work, items);
    const texts: PlanTexts = {
      items: command.items.map(({ itemId, place = '', schedule = '' }) => ({ itemId, place, schedule })),
      supportingActivities: command.supportingActivities ?? [],
      supportingActivityIds: command.supportingActivityIds ?? [],
      goals: command.goals ?? [],
      indicators: command.indicators ?? [],
    };
    // An update's words are sealed for the column that they come into once it is approved.
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

/** Without the words, and with what is missing of it. */
function itemOf({ place, schedule, ...item }: PlanItemBody, offerId: string): PlanItem {
  const lacks = [
    ...(schedule === undefined && item.timetable === undefined ? (['schedule'] as const) : []),
    ...(place === undefined && item.placeKind === undefined && item.placeId === undefined ? (['place'] as const) : []),
  ];
  return { ...item, offerId, ...(lacks.length > 0 ? { lacks } : {}) };
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
