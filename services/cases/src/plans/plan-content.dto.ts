import { IsDayString, IsId, IsText, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  type PlaceKind,
  placeKinds,
  type TimetableEntry,
  type UnitOfMeasure,
  unitsOfMeasure,
  type Weekday,
  weekdays,
} from './plan-content';

const hour = /^([01]\d|2[0-3]):[0-5]\d$/;

export class TimetableEntryBody implements TimetableEntry {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(weekdays, { each: true })
  days!: Weekday[];

  /** From 00:00 to 23:59, in the time of the place. */
  @Matches(hour, { message: '$property must be an hour such as 08:30' })
  from!: string;

  /** An hour before `from` is one of the next day. */
  @Matches(hour, { message: '$property must be an hour such as 08:30' })
  to!: string;

  /** Every second week, for example; every week when left out. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(52)
  everyWeeks?: number;
}

export class PlanItemBody {
  /** Item of the application, qualified. */
  @IsId()
  itemId!: string;

  /** Who performs it (art. 39(2)). */
  @IsId()
  providerId!: string;

  /** Where, in words. Kept encrypted. A plan is agreed once it says where, in words or in codes. */
  @MayBeAbsent()
  @IsText(1, 500)
  place?: string;

  @MayBeAbsent()
  @IsIn(placeKinds)
  placeKind?: PlaceKind;

  /** Place of the provider or of the centre, where it is one that has an id. */
  @MayBeAbsent()
  @IsId()
  placeId?: string;

  /** When, in words. Kept encrypted. A plan is agreed once it says when, in words or in a timetable. */
  @MayBeAbsent()
  @IsText(1, 1000)
  schedule?: string;

  /** When, in days and hours. */
  @MayBeAbsent()
  @Parts(() => TimetableEntryBody, 1, 20)
  timetable?: TimetableEntryBody[];

  /** How many units over the whole period; of a service that an update adds or changes, from its approval on. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  quantity!: number;

  /** As the offer counts. */
  @IsIn(unitsOfMeasure)
  unit!: UnitOfMeasure;
}

export class DraftPlan {
  @IsId()
  applicationId!: string;

  /** First day. An update keeps that of the plan. */
  @IsDayString()
  from!: string;

  /** Last day, within one year (art. 40). */
  @IsDayString()
  to!: string;

  @Parts(() => PlanItemBody, 1, 20)
  @ArrayUnique((item: Partial<PlanItemBody> | null) => item?.itemId)
  items!: PlanItemBody[];

  /** Supporting activities (art. 39(3)), in words. Kept encrypted. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(1000, { each: true })
  supportingActivities?: string[];

  /** Supporting activities of the community plan. Kept encrypted. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsUUID('all', { each: true })
  supportingActivityIds?: string[];

  /** What the plan is to achieve, in words. Kept encrypted. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(1000, { each: true })
  goals?: string[];

  /** By what one sees whether it has, in words. Kept encrypted. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(1000, { each: true })
  indicators?: string[];
}
