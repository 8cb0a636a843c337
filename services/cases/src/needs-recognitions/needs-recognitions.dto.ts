import { IsId, IsInstant, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { type DataCategoryCode, dataCategoryCodes } from '@okienko/contracts/data-scope';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import type { RecognitionState, Sections, TalkPlace } from './needs-recognition';

export class ScheduleNeedsRecognition {
  @IsId()
  applicationId!: string;

  /** When the talk is to be, as agreed with the applicant. */
  @IsInstant()
  scheduledFor!: string;

  /** At the centre, or where the person stays (art. 37(1)). */
  @IsIn(['CENTRE', 'PLACE_OF_STAY'])
  place!: TalkPlace;
}

/** All four are mandatory (art. 37(2)) and kept encrypted. */
export class RecordNeedsRecognition implements Sections {
  /** Needs as the applicant voices them. */
  @IsText(1, 10000)
  voicedNeeds!: string;

  /** Services used already, and how. */
  @IsText(1, 10000)
  servicesUsed!: string;

  /** Grounds and possibilities, supporting activities included. */
  @IsText(1, 10000)
  groundsAndPossibilities!: string;

  /** What was said of fees and reliefs. */
  @IsText(1, 10000)
  feesInformation!: string;

  /**
   * Categories of personal data that the four sections hold, from GET /data-categories of the catalogue. One that no programme of the
   * application lists is refused (art. 5(3)(9), 50(1)).
   */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn(dataCategoryCodes, { each: true })
  categories?: DataCategoryCode[];
}

export class NeedsRecognitionView {
  id!: string;
  version!: number;
  applicationId!: string;
  personId!: string;
  state!: RecognitionState;
  scheduledFor!: string;
  place!: TalkPlace;
  recordedBy!: string | null;
  recordedAt!: string | null;
  /** null until recorded. */
  sections!: RecordNeedsRecognition | null;
}
