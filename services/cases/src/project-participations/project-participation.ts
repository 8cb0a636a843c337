import type { Day } from '@okienko/contracts/calendar';
import { projectParticipationIndicatorsRecordedV1 } from '@okienko/contracts/cases/project-participation-indicators-recorded.v1';
import { projectParticipationStartedV1 } from '@okienko/contracts/cases/project-participation-started.v1';
import { projectParticipationTerminatedV1 } from '@okienko/contracts/cases/project-participation-terminated.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { DayInTheFuture } from '../plans/plan-errors';
import type { Moment } from '../projects/indicator';
import { assertStatementInForce } from '../projects/participation-statements';
import { OutsideProjectPeriod, TerminatedBeforeDeclared } from './participation-errors';

export const terminationReasons = [
  'COMPLETED',
  'RESIGNED',
  'FOUND_WORK',
  'MOVED_AWAY',
  'DIED',
  'EXCLUDED',
  'PROJECT_ENDED',
  'OTHER',
] as const;
export type TerminationReason = (typeof terminationReasons)[number];
export type ParticipationState = 'PARTICIPATING' | 'TERMINATED';

export interface Declaration {
  readonly projectId: string;
  readonly personId: string;
  readonly applicationId: string | null;
  readonly terc: string;
  readonly declaredOn: Day;
  readonly statementVersion: string;
  /** Ciphertext of the answers. */
  readonly indicators: Buffer;
}

/** The column that the answers of each moment are sealed in. */
export const columns = {
  ENTRY: 'entry_indicators',
  EXIT: 'exit_indicators',
  FOUR_WEEKS_AFTER: 'later_indicators',
} as const;

/** That a person takes part in an EU project. It ends by itself: neither the application nor the services depend on it. */
export class ProjectParticipation {
  /** Kept with the papers of the project, whatever the schedule of the case file says: Regulation (EU) 2021/1060, art. 82. */
  readonly legalHold: string = 'EU_PROJECT';
  exitIndicators: Buffer | null = null;
  laterIndicators: Buffer | null = null;
  private terminatedOn: Day | null = null;
  reasonCode: TerminationReason | null = null;
  private state: ParticipationState = 'PARTICIPATING';

  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly projectId: string,
    readonly personId: string,
    readonly applicationId: string | null,
    readonly declaredOn: Day,
    readonly statementVersion: string,
    public entryIndicators: Buffer,
    readonly startedBy: string,
  ) {}

  static start(
    id: string,
    unit: string,
    { projectId, personId, applicationId, terc, declaredOn, statementVersion, indicators }: Declaration,
    project: { runsOn(day: Day): boolean },
    startedBy: string,
    today: Day,
  ): ProjectParticipation {
    if (declaredOn > today) throw new DayInTheFuture();
    if (!project.runsOn(declaredOn)) throw new OutsideProjectPeriod();
    assertStatementInForce(statementVersion, declaredOn);
    return new ProjectParticipation(
      id,
      0,
      unit,
      terc,
      projectId,
      personId,
      applicationId,
      declaredOn,
      statementVersion,
      indicators,
      startedBy,
    );
  }

  terminate(on: Day, reasonCode: TerminationReason, today: Day): void {
    if (this.state === 'TERMINATED') throw new NotInState('participation', 'terminated', this.state);
    if (on > today) throw new DayInTheFuture();
    if (on < this.declaredOn) throw new TerminatedBeforeDeclared();
    this.state = 'TERMINATED';
    this.terminatedOn = on;
    this.reasonCode = reasonCode;
  }

  get isRunning(): boolean {
    return this.state === 'PARTICIPATING';
  }

  /** Says since when: nobody has left before they joined, whatever was recorded after the death. */
  endByDeath(diedOn: Day): Day {
    const on = diedOn < this.declaredOn ? this.declaredOn : diedOn;
    this.terminate(on, 'DIED', on);
    return on;
  }

  /** The day whose questions count: who has not left yet is not asked what has come of it. */
  dayOf(moment: Moment): Day {
    if (moment === 'ENTRY') return this.declaredOn;
    if (this.terminatedOn === null) throw new NotInState('participation', 'asked about after it', this.state);
    return this.terminatedOn;
  }

  /** For the first time, or anew where it was recorded wrongly. */
  record(moment: Moment, sealed: Buffer): void {
    if (moment === 'ENTRY') this.entryIndicators = sealed;
    else if (moment === 'EXIT') this.exitIndicators = sealed;
    else this.laterIndicators = sealed;
  }

  started(): DomainEvent<typeof projectParticipationStartedV1> {
    const { projectId, personId, applicationId, declaredOn } = this;
    const data = { projectId, personId, ...(applicationId === null ? {} : { applicationId }), declaredOn };
    return event(projectParticipationStartedV1, this.id, data, this.terc);
  }

  terminated(terminatedOn: Day, reasonCode: TerminationReason): DomainEvent<typeof projectParticipationTerminatedV1> {
    const { projectId, personId } = this;
    const data = { projectId, personId, terminatedOn, reasonCode };
    return event(projectParticipationTerminatedV1, this.id, data, this.terc);
  }

  indicatorsRecorded(moment: Moment): DomainEvent<typeof projectParticipationIndicatorsRecordedV1> {
    const { projectId, personId } = this;
    return event(projectParticipationIndicatorsRecordedV1, this.id, { projectId, personId, moment }, this.terc);
  }
}
