import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { startDeadline } from '../deadlines/deadlines';
import { type StatutoryTerms, termsOn } from '../terms/statutory-terms';
import type { IndividualPlan } from './individual-plan';
import type { PlannedApplication } from './plan-acts';

/** Art. 40: the plan is drafted within 30 days from filing, once it is to be drafted at all. */
export function startPlanDraftClock(work: Work, application: PlannedApplication, assignee: string): void {
  const { id, personId, unit, terc } = application;
  const filedOn = dayOf(application.filedAt);
  const { planDraftDays, planDraftWarnDays } = termsOn(filedOn);
  const dueOn = addDays(filedOn, planDraftDays);
  startDeadline(work, {
    kind: 'PLAN_DRAFT',
    subjectId: id,
    applicationId: id,
    personId,
    unit,
    terc,
    assignee,
    awaited: 'CENTRE',
    warnOn: addDays(dueOn, -planDraftWarnDays),
    dueOn,
    basis: 'art. 40',
  });
}

/** Starts a clock of the plan on that day, or moves the one that runs. Approval waits for whoever may approve, the others for the coordinator. */
export function startPlanClock(
  work: Work,
  plan: IndividualPlan,
  kind: keyof StatutoryTerms['planClocks'],
  from: Day,
): void {
  const { id: subjectId, applicationId, personId, unit, terc } = plan;
  const { days, warnDays, basis } = termsOn(from).planClocks[kind];
  const dueOn = addDays(from, days);
  startDeadline(work, {
    kind,
    subjectId,
    applicationId,
    personId,
    unit,
    terc,
    ...(kind === 'PLAN_APPROVAL' ? {} : { assignee: plan.coordinatedBy }),
    awaited: 'CENTRE',
    warnOn: addDays(dueOn, -warnDays),
    dueOn,
    basis,
  });
}
