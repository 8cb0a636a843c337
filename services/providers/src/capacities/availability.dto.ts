import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsId } from '@okienko/chassis/validation';
import { IsOptional } from 'class-validator';
import { TimesOfDay } from './capacities.dto';

export class AskForDays {
  /** First day; today when it is not said. @example "2026-03-02" */
  @IsOptional() @IsDayString() from?: string;
  /** Last day, at most 92 days on; four weeks when it is not said. @example "2026-03-29" */
  @IsOptional() @IsDayString() to?: string;
}

export class AskForAvailability extends PageQuery {
  @IsId() offerId!: string;
  /** First day; today when it is not said. @example "2026-03-02" */
  @IsOptional() @IsDayString() from?: string;
  /** Last day, at most 92 days on; four weeks when it is not said. @example "2026-03-29" */
  @IsOptional() @IsDayString() to?: string;
}

export class FreeOnDay {
  day!: string;
  /** Places that are free on this day; none when it is closed. */
  free!: number;
  open!: TimesOfDay[];
}

export class AvailabilityView {
  id!: string;
  providerId!: string;
  offerId!: string;
  placeId!: string | null;
  places!: number;
  /** How many more persons may be served in its period; null when any number may. */
  headsLeft!: number | null;
  /** The days asked for that are of its period. */
  days!: FreeOnDay[];
}
