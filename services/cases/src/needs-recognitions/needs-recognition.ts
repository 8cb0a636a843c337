import { needsRecognitionRecordedV1 } from '@okienko/contracts/cases/needs-recognition-recorded.v1';
import { needsRecognitionScheduledV1 } from '@okienko/contracts/cases/needs-recognition-scheduled.v1';
import type { DataCategoryCode } from '@okienko/contracts/data-scope';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';

export type TalkPlace = 'CENTRE' | 'PLACE_OF_STAY';
export type RecognitionState = 'SCHEDULED' | 'RECORDED';

/** The four sections of art. 37(2), all mandatory. */
export interface Sections {
  /** Needs as the applicant voices them. */
  readonly voicedNeeds: string;
  /** Services used already, and how. */
  readonly servicesUsed: string;
  /** Grounds and possibilities, supporting activities included. */
  readonly groundsAndPossibilities: string;
  /** What was said of fees and reliefs. */
  readonly feesInformation: string;
  /** Categories of personal data that the words hold; nobody could tell it from words alone. */
  readonly categories?: readonly DataCategoryCode[];
}

export class RecognitionExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'needs-recognition-exists';
  constructor() {
    super('A talk has been arranged for this application already. Record that one.');
  }
}

export class NothingToRecognise extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'nothing-to-recognise';
  constructor() {
    super('Every service of this application has been refused or withdrawn.');
  }
}

/** What the talk needs to know of the application that it is about. */
export interface RecognisableApplication {
  readonly id: string;
  readonly unit: string;
  readonly terc: string;
  readonly personId: string;
  readonly isOpen: boolean;
}

/** The talk by which the coordinator recognises needs (art. 37). */
export class NeedsRecognition {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly applicationId: string,
    readonly personId: string,
    readonly scheduledFor: Date,
    readonly place: TalkPlace,
    private state: RecognitionState,
    /** Ciphertext of the four sections. */
    public sections: Buffer | null,
    public recordedBy: string | null,
    private recordedAt: Date | null,
  ) {}

  static schedule(
    id: string,
    application: RecognisableApplication,
    scheduledFor: Date,
    place: TalkPlace,
  ): NeedsRecognition {
    if (!application.isOpen) throw new NothingToRecognise();
    const { id: applicationId, unit, terc, personId } = application;
    return new NeedsRecognition(
      id,
      0,
      unit,
      terc,
      applicationId,
      personId,
      scheduledFor,
      place,
      'SCHEDULED',
      null,
      null,
      null,
    );
  }

  record(sections: Buffer, by: string, now: Date): void {
    if (this.state !== 'SCHEDULED') throw new NotInState('needs recognition', 'recorded', this.state);
    this.state = 'RECORDED';
    this.sections = sections;
    this.recordedBy = by;
    this.recordedAt = now;
  }

  scheduled(): DomainEvent<typeof needsRecognitionScheduledV1> {
    const { applicationId, personId, place } = this;
    const data = { applicationId, personId, scheduledFor: this.scheduledFor.toISOString(), place };
    return event(needsRecognitionScheduledV1, this.id, data, this.terc);
  }

  recorded(): DomainEvent<typeof needsRecognitionRecordedV1> {
    if (!this.recordedAt) throw new NotInState('needs recognition', 'reported as recorded', this.state);
    const { applicationId, personId } = this;
    return event(
      needsRecognitionRecordedV1,
      this.id,
      {
        applicationId,
        personId,
        recordedAt: this.recordedAt.toISOString(),
      },
      this.terc,
    );
  }
}
