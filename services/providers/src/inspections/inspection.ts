import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { inspectionCancelledV1 } from '@okienko/contracts/providers/inspection-cancelled.v1';
import { inspectionCarriedOutV1 } from '@okienko/contracts/providers/inspection-carried-out.v1';
import { inspectionPlannedV1 } from '@okienko/contracts/providers/inspection-planned.v1';
import { inspectionReportedV1 } from '@okienko/contracts/providers/inspection-reported.v1';
import { pointsMissed, type Point, type Result, resultFaults, type Verdict } from './checklist';
import { CarriedOutInFuture, NothingFoundThere, PlannedInPast, ResultsIncomplete } from './inspection-errors';

export const inspectionStates = ['PLANNED', 'CARRIED_OUT', 'REPORTED', 'CANCELLED'] as const;
export type InspectionState = (typeof inspectionStates)[number];

const transitions: Readonly<Record<InspectionState, readonly InspectionState[]>> = {
  PLANNED: ['CARRIED_OUT', 'CANCELLED'],
  CARRIED_OUT: ['REPORTED'],
  REPORTED: [],
  CANCELLED: [],
};

export interface InspectionPlan {
  readonly providerId: string;
  /** All services of an agreement, or these alone. */
  readonly agreementId: string | null;
  readonly offers: readonly string[];
  readonly announced: boolean;
  readonly plannedOn: Day;
}

/** Somebody of the centre goes and looks whether a provider keeps to the standards. */
export class Inspection {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly providerId: string,
    readonly agreementId: string | null,
    readonly offers: readonly string[],
    /** One that is not, its provider learns of once it has taken place. */
    readonly announced: boolean,
    readonly plannedOn: Day,
    readonly plannedBy: string,
    public state: InspectionState,
    public carriedOutOn: Day | null,
    /** Accounts of those who went. */
    public inspectors: readonly string[],
    public results: readonly Result[],
    public report: string | null,
    public reportedOn: Day | null,
    public reportedBy: string | null,
    public cancelReason: string | null,
  ) {}

  static plan(id: string, plan: InspectionPlan, by: string, today: Day): Inspection {
    const { providerId, agreementId, offers, announced, plannedOn } = plan;
    if (plannedOn < today) throw new PlannedInPast();
    const terms = [id, 0, providerId, agreementId, offers, announced, plannedOn, by] as const;
    return new Inspection(...terms, 'PLANNED', null, [], [], null, null, null, null);
  }

  planned(): DomainEvent<typeof inspectionPlannedV1> {
    const { providerId, agreementId, plannedOn, announced } = this;
    const scope = agreementId === null ? {} : { agreementId };
    return event(inspectionPlannedV1, this.id, { providerId, ...scope, plannedOn, announced });
  }

  carryOut(
    on: Day,
    inspectors: readonly string[],
    results: readonly Result[],
    checklist: readonly Point[],
    today: Day,
  ): DomainEvent<typeof inspectionCarriedOutV1> {
    this.moveTo('CARRIED_OUT');
    if (on > today) throw new CarriedOutInFuture();
    const faults = resultFaults(results, checklist);
    if (faults.length > 0) throw new ResultsIncomplete(faults);
    Object.assign(this, { carriedOutOn: on, inspectors, results });
    const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
    const counts = { met: count('MET'), notMet: count('NOT_MET'), notApplicable: count('NOT_APPLICABLE') };
    return event(inspectionCarriedOutV1, this.id, { providerId: this.providerId, carriedOutOn: on, ...counts });
  }

  /** With all findings at once, each of them about something that was not met. */
  reportOn(report: string, found: readonly Point[], by: string, today: Day): DomainEvent<typeof inspectionReportedV1> {
    this.moveTo('REPORTED');
    const faults = pointsMissed(found, this.results);
    if (faults.length > 0) throw new NothingFoundThere(faults);
    Object.assign(this, { report, reportedOn: today, reportedBy: by });
    const { providerId } = this;
    return event(inspectionReportedV1, this.id, { providerId, reportedOn: today, findings: found.length });
  }

  cancel(reasonCode: string): DomainEvent<typeof inspectionCancelledV1> {
    this.moveTo('CANCELLED');
    this.cancelReason = reasonCode;
    return event(inspectionCancelledV1, this.id, { providerId: this.providerId, reasonCode });
  }

  private moveTo(next: InspectionState): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('inspection', next, this.state);
    this.state = next;
  }
}
