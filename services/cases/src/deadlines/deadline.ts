import { type Day, dayOf } from '@okienko/contracts/calendar';
import { deadlineApproachingV1 } from '@okienko/contracts/cases/deadline-approaching.v1';
import { deadlineMissedV1 } from '@okienko/contracts/cases/deadline-missed.v1';
import { deadlineReachedV1 } from '@okienko/contracts/cases/deadline-reached.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { clockOn } from '../terms/clocks';
import type { Awaited, DeadlineKind } from './deadlines';

/** How much of a deadline has been told, in the order in which it is. */
export const tellings = ['NOTHING', 'APPROACHING', 'REACHED', 'MISSED'] as const;
export type Told = (typeof tellings)[number];

/** A clock that runs, or has run, for a matter. Acts start and end it (`deadlines.ts`); what it tells of depends on the calendar alone. */
export class Deadline {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly kind: DeadlineKind,
    readonly subjectId: string,
    readonly applicationId: string | null,
    readonly personId: string | null,
    readonly unit: string,
    readonly terc: string,
    readonly assignee: string | null,
    readonly awaited: Awaited,
    readonly warnOn: Day,
    readonly dueOn: Day,
    readonly basis: string,
    readonly startedAt: Date,
    public told: Told,
    public endedAt: Date | null,
    public ending: 'MET' | 'DROPPED' | null,
  ) {}

  /** Everything that is to be told by now and has not been, in order; nothing of a clock that has ended. What lapses ends when it is missed. */
  tell(now: Date): DomainEvent[] {
    if (this.endedAt) return [];
    const due = this.steps(dayOf(now)).slice(tellings.indexOf(this.told));
    this.told = tellings[tellings.indexOf(this.told) + due.length] ?? this.told;
    if (this.told === 'MISSED' && clockOn(this.kind, dayOf(this.startedAt)).lapses) {
      this.endedAt = now;
      this.ending = 'DROPPED';
    }
    return due;
  }

  private steps(today: Day): DomainEvent[] {
    const { kind, subjectId, applicationId, personId, dueOn, awaited, basis } = this;
    const matter = { ...(applicationId === null ? {} : { applicationId }), ...(personId === null ? {} : { personId }) };
    const facts = { kind, subjectId, ...matter, dueOn, awaited, basis };
    return [
      ...(this.warnOn <= today ? [event(deadlineApproachingV1, this.id, facts, this.terc)] : []),
      ...(dueOn <= today ? [event(deadlineReachedV1, this.id, facts, this.terc)] : []),
      ...(dueOn < today ? [event(deadlineMissedV1, this.id, facts, this.terc)] : []),
    ];
  }
}
