import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { startDeadline } from '../deadlines/deadlines';
import { clockFrom } from '../terms/clocks';
import type { IndividualPlan } from './individual-plan';
import type { PlannedApplication } from './plan-acts';

/** Art. 40: the plan is drafted within 30 days from filing, once it is to be drafted at all. */
export function startPlanDraftClock(work: Work, application: PlannedApplication, assignee: string): void {
  const { id, personId, unit, terc, filedAt } = application;
  const about = { kind: 'PLAN_DRAFT', subjectId: id, applicationId: id, personId, unit, terc, assignee } as const;
  startDeadline(work, { ...about, awaited: 'CENTRE', ...clockFrom('PLAN_DRAFT', dayOf(filedAt)) });
}

/** Starts a clock of the plan on that day, or moves the one that runs. Approval waits for whoever may approve, the others for the coordinator. */
export function startPlanClock(
  work: Work,
  plan: IndividualPlan,
  kind: 'PLAN_APPROVAL' | 'PLAN_END' | 'MONITORING' | 'CLOSING_TALK',
  from: Day,
): void {
  const { id: subjectId, applicationId, personId, unit, terc, coordinatedBy } = plan;
  const assignee = kind === 'PLAN_APPROVAL' ? null : coordinatedBy;
  const about = { kind, subjectId, applicationId, personId, unit, terc, assignee };
  startDeadline(work, { ...about, awaited: 'CENTRE', ...clockFrom(kind, from) });
}
