import type { Day } from '@okienko/contracts/calendar';
import type { PlanMonitoringRecordedV1 } from '@okienko/contracts/cases/plan-monitoring-recorded.v1';
import type { QualifiedItems } from './plan-content';

export interface Agreement {
  readonly manner: 'SIGNATURE' | 'ORAL_NOTE' | 'ELECTRONIC';
  readonly agreedOn: Day;
}
export interface Approval {
  readonly authorisationId: string;
  readonly approvedBy: string;
  readonly approvedOn: Day;
}
export interface Ending {
  readonly reason: 'PERIOD_OVER' | 'ITEMS_CLOSED' | 'RESIGNATION' | 'DEATH' | 'LEFT_GMINA';
  readonly endedOn: Day;
}
export interface ClosingTalk {
  readonly heldOn: Day;
  readonly outcome: 'HELD' | 'IMPOSSIBLE';
}

export interface Abandonment {
  readonly reasonCode: string;
  readonly abandonedOn: Day;
}
/** A contact of the coordinator while the plan is in force (art. 45(1)). */
export type Contact = Omit<PlanMonitoringRecordedV1, 'personId' | 'outcome'> & { readonly outcome: ContactOutcome };
export const contactOutcomes = ['AS_PLANNED', 'UPDATE_NEEDED', 'SERVICE_FAILS', 'NOT_REACHED'] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];

/** What a plan needs to know of the application it answers. */
export interface PlannedApplication extends QualifiedItems {
  readonly id: string;
  readonly unit: string;
  readonly personId: string;
  readonly terc: string;
  readonly filedAt: Date;
}
