import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { meetDeadline } from '../deadlines/deadlines';
import { IndividualPlan } from './individual-plan';
import type { ClosingTalk, Contact } from './plan-acts';
import { startPlanClock } from './plan-clocks';

/** How the coordinator sees to a plan while it is in force, and sums it up afterwards (art. 45). */
@Injectable()
export class PlanMonitoringCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** The next contact is due so many days after the last one that came about. */
  recordContact(
    id: string,
    expectedVersion: number,
    { heldOn, manner, outcome }: Contact,
    note: string | undefined,
    access: Access,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const { sub } = access.caller;
      const now = this.clock.now();
      const contact = { heldOn, manner, outcome };
      plan.monitor(contact, sub, dayOf(now));
      const contactId = uuidv7();
      const row = await this.personalData.row(work, plan.personId, 'plan_contact', contactId);
      work.send(
        `insert into plan_contact (id, plan_id, held_on, manner, outcome, note, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [contactId, id, heldOn, manner, outcome, row.sealIfGiven('note', note), sub, now],
      );
      const last = outcome === 'NOT_REACHED' ? undefined : await lastContact(work, id);
      await work.save(plan, plan.monitored(contact));
      if (last !== undefined) {
        meetDeadline(work, 'MONITORING', id);
        startPlanClock(work, plan, 'MONITORING', last);
      }
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
      const sealed = row.sealIfGiven('closing_note', note);
      plan.holdClosingTalk(talk, sealed, access.caller.sub, dayOf(this.clock.now()));
      await work.save(plan, plan.closingTalkHeld(talk));
      meetDeadline(work, 'CLOSING_TALK', id);
      return this.logged(work, plan, access);
    });
  }

  close(id: string, expectedVersion: number, description: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const plan = await loadVisible(work, IndividualPlan, id, access.caller, expectedVersion);
      const row = await this.personalData.row(work, plan.personId, 'individual_plan', id);
      const today = dayOf(this.clock.now());
      plan.close(row.seal('description', description), access.caller.sub, today);
      await work.save(plan, plan.closed(today));
      return this.logged(work, plan, access);
    });
  }

  private async logged(work: Work, plan: IndividualPlan, access: Access): Promise<Changed> {
    const { id, version, personId, applicationId } = plan;
    await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['PLAN'], caseRef: applicationId });
    return { id, version };
  }
}

async function lastContact({ query }: Work, planId: string): Promise<Day | undefined> {
  const [{ last } = {}] = await query<{ last?: Day }>(
    `select max(held_on)::text as last from plan_contact where plan_id = $1 and outcome <> 'NOT_REACHED'`,
    [planId],
  );
  return last;
}
