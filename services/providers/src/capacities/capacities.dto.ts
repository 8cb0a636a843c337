import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsDecimal, IsId, MayBeAbsent, Part, Parts } from '@okienko/chassis/validation';
import { allocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import {
  type CapacityOpening,
  type CapacityTerms,
  type ClosureReason,
  closureReasons,
  type Coordinates,
} from './capacity';
import type { DayException, Times, WeeklyTimes } from './opening-hours';
import { type Quota, quotaPeriods, quotaScopes, type Unit } from './quotas';

const time = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

export class TimesOfDay implements Times {
  /** @example "08:00" */
  @Matches(time, { message: '$property must be a time as 08:00' }) opens!: string;
  /** @example "16:00" */
  @Matches(time, { message: '$property must be a time as 08:00' }) closes!: string;
}

export class TimesOfWeekday extends TimesOfDay implements WeeklyTimes {
  /** 1 is Monday, 7 Sunday. */
  @IsInt() @Min(1) @Max(7) weekday!: number;
}

export class ExceptionalDay implements DayException {
  /** @example "2026-12-24" */
  @IsDayString() day!: string;
  /** When it is open on that day; none when it is closed. */
  @Parts(() => TimesOfDay, 0, 10) times!: TimesOfDay[];
}

export class CapacityQuota implements Quota {
  /** Of one person (an allocation), or of the provider as a whole. */
  @IsIn(quotaScopes) per!: Quota['per'];
  @IsIn(quotaPeriods) each!: Quota['each'];
  @IsIn(allocationReferredV1.properties.unit.enum) unit!: Unit;
  /** @example 6 */
  @IsInt() @Min(1) @Max(1_000_000) limit!: number;
}

export class PlaceCoordinates implements Coordinates {
  /** WGS 84, six decimals. @example 54.156061 */
  @IsDecimal(6) @Min(-90) @Max(90) latitude!: number;
  /** WGS 84, six decimals. @example 19.404491 */
  @IsDecimal(6) @Min(-180) @Max(180) longitude!: number;
}

export class ChangeCapacity implements CapacityTerms {
  /** How many persons can be served at the same time. @example 12 */
  @IsInt() @Min(1) @Max(100_000) places!: number;
  /** How many persons can be served over the whole period, however long each stays; any number when it is not said. @example 40 */
  @MayBeAbsent() @IsInt() @Min(1) @Max(1_000_000) heads?: number;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
  /** Last day. @example "2026-12-31" */
  @IsDayString() to!: string;
  /** The provider's place where it serves; left out when it serves at people's homes. */
  @MayBeAbsent() @IsId() placeId?: string;
  /** Where that is. */
  @MayBeAbsent() @Part(() => PlaceCoordinates) coordinates?: PlaceCoordinates;
  /** Weekly opening times; every day when there are none. */
  @MayBeAbsent() @Parts(() => TimesOfWeekday, 0, 50) hours?: TimesOfWeekday[];
  /** Days unlike others: closed, open besides, or open at other times. */
  @MayBeAbsent() @Parts(() => ExceptionalDay, 0, 400) exceptions?: ExceptionalDay[];
  @MayBeAbsent() @Parts(() => CapacityQuota, 0, 10) quotas?: CapacityQuota[];
}

export class OpenCapacity extends ChangeCapacity implements CapacityOpening {
  @IsId() providerId!: string;
  /** A published service offer of the catalogue. */
  @IsId() offerId!: string;
}

export class CloseCapacity {
  @IsIn(closureReasons) reasonCode!: ClosureReason;
}

export class ListCapacities extends PageQuery {
  @IsOptional() @IsId() offerId?: string;
  @IsOptional() @IsId() providerId?: string;
}

export class CapacityView {
  id!: string;
  version!: number;
  providerId!: string;
  offerId!: string;
  from!: string;
  to!: string;
  places!: number;
  /** Places that nobody has taken on any day of the period. */
  free!: number;
  /** Persons that may be served over the whole period; null when any number may. */
  heads!: number | null;
  /** Persons counted: those who hold a place and those who were served. */
  headsCounted!: number;
  placeId!: string | null;
  coordinates!: PlaceCoordinates | null;
  hours!: TimesOfWeekday[];
  exceptions!: ExceptionalDay[];
  quotas!: CapacityQuota[];
  /** From then on nothing more can be taken. */
  closedOn!: string | null;
  closeReason!: string | null;
}
