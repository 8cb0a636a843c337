import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { findingConfirmedV1 } from '@okienko/contracts/providers/finding-confirmed.v1';
import { findingOverdueV1 } from '@okienko/contracts/providers/finding-overdue.v1';
import { findingRecordedV1 } from '@okienko/contracts/providers/finding-recorded.v1';
import { findingRemedyReportedV1 } from '@okienko/contracts/providers/finding-remedy-reported.v1';
import { findingReopenedV1 } from '@okienko/contracts/providers/finding-reopened.v1';
import type { Point } from './checklist';
import { TermPast } from './inspection-errors';

export const findingStates = ['OPEN', 'REMEDY_REPORTED', 'CONFIRMED', 'REOPENED'] as const;
export type FindingState = (typeof findingStates)[number];
export const severities = findingRecordedV1.properties.severity.enum;
export type Severity = (typeof severities)[number];

const transitions: Readonly<Record<FindingState, readonly FindingState[]>> = {
  OPEN: ['REMEDY_REPORTED'],
  REMEDY_REPORTED: ['CONFIRMED', 'REOPENED'],
  REOPENED: ['REMEDY_REPORTED'],
  CONFIRMED: [],
};

export interface Found extends Point {
  readonly severity: Severity;
  /** Of the organisation, never of a person. */
  readonly description: string;
  readonly dueOn: Day;
}

/** Something that a provider is to remedy by a day. */
export class Finding {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly inspectionId: string,
    readonly providerId: string,
    readonly offerId: string | null,
    readonly criterion: string,
    readonly severity: Severity,
    readonly description: string,
    public dueOn: Day,
    public state: FindingState,
    public remedy: string | null,
    public reportedOn: Day | null,
    public judgedBy: string | null,
    public judgedOn: Day | null,
    public overdueTold: boolean,
  ) {}

  static record(
    id: string,
    of: { readonly id: string; readonly providerId: string },
    { offerId, criterion, severity, description, dueOn }: Found,
    today: Day,
  ): Finding {
    if (dueOn < today) throw new TermPast();
    const about = [of.id, of.providerId, offerId, criterion, severity, description] as const;
    return new Finding(id, 0, ...about, dueOn, 'OPEN', null, null, null, null, false);
  }

  recorded(): DomainEvent<typeof findingRecordedV1> {
    const { inspectionId, providerId, offerId, criterion, severity, dueOn } = this;
    const service = offerId === null ? {} : { offerId };
    return event(findingRecordedV1, this.id, { inspectionId, providerId, ...service, criterion, severity, dueOn });
  }

  reportRemedy(remedy: string, today: Day): DomainEvent<typeof findingRemedyReportedV1> {
    this.moveTo('REMEDY_REPORTED');
    Object.assign(this, { remedy, reportedOn: today });
    return event(findingRemedyReportedV1, this.id, { providerId: this.providerId, reportedOn: today });
  }

  confirm(by: string, today: Day): DomainEvent<typeof findingConfirmedV1> {
    this.moveTo('CONFIRMED');
    Object.assign(this, { judgedBy: by, judgedOn: today });
    return event(findingConfirmedV1, this.id, { providerId: this.providerId, confirmedOn: today });
  }

  reopen(reasonCode: string, dueOn: Day, by: string, today: Day): DomainEvent<typeof findingReopenedV1> {
    this.moveTo('REOPENED');
    if (dueOn < today) throw new TermPast();
    Object.assign(this, { dueOn, judgedBy: by, judgedOn: today, overdueTold: false });
    return event(findingReopenedV1, this.id, { providerId: this.providerId, reasonCode, dueOn });
  }

  /** Once a term: a remedy that is reported waits for the centre, not for the provider. */
  tellOverdue(today: Day): DomainEvent<typeof findingOverdueV1> | undefined {
    const { providerId, dueOn } = this;
    const awaited = this.state === 'OPEN' || this.state === 'REOPENED';
    if (!awaited || this.overdueTold || today <= dueOn) return undefined;
    this.overdueTold = true;
    return event(findingOverdueV1, this.id, { providerId, dueOn });
  }

  private moveTo(next: FindingState): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('finding', next, this.state);
    this.state = next;
  }
}
