import { IsDayString, IsId } from '@okienko/chassis/validation';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import type { MadePlan, PlannedVisit } from './visit-schedule';

export class PlanVisits {
  /** The day from which this holds, and from which the rule counts. @example "2026-03-02" */
  @IsDayString() from!: string;
  /** RRULE of RFC 5545, by day, week, month or year, in the time of Warsaw. @example "FREQ=WEEKLY;BYDAY=MO,TH" */
  @MaxLength(300) @Matches(/^[A-Z0-9=;,+-]+$/) rule!: string;
  /** When visits begin, where the rule names no hour. @example "08:30" */
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) startsAt!: string;
  /** How long each is. @example 90 */
  @IsInt() @Min(1) @Max(1440) minutes!: number;
  /** Units of the order that each is to bring. @example 2 */
  @IsInt() @Min(1) @Max(10_000) quantity!: number;
  /** Days without a visit. */
  @IsOptional() @IsArray() @ArrayMaxSize(366) @IsDayString({ each: true }) exceptDays?: string[];
  /** Visits besides the rule, in the time of Warsaw. @example ["2026-03-14T10:00"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(366)
  @Matches(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/, { each: true })
  extra?: string[];
  /** Who is to come. */
  @IsOptional() @IsId() performerId?: string;
  /** Which place of the provider they are at. */
  @IsOptional() @IsId() placeId?: string;
}

export class VisitSpan {
  /** @example "2026-03-01" */
  @IsDayString() from!: string;
  /** The last day, at most 92 days on. @example "2026-03-31" */
  @IsDayString() to!: string;
}

export class PerformerSpan extends VisitSpan {
  @IsId() performerId!: string;
}

export class VisitView implements PlannedVisit {
  orderId!: string;
  allocationId!: string;
  /** @example "2026-03-02" */
  day!: string;
  startsAt!: string;
  endsAt!: string;
  quantity!: number;
  performerId!: string | null;
  placeId!: string | null;
}

export class ScheduleView {
  /** The id of the order. */
  id!: string;
  /** 0 as long as nothing is planned. Send it as `If-Match` with the next plan. */
  version!: number;
  /** Every plan that was made, the oldest first; each holds until a later one begins. */
  plans!: readonly MadePlan[];
  visits!: VisitView[];
}
