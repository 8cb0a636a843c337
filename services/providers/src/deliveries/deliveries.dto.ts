import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsId, IsInstant } from '@okienko/chassis/validation';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import {
  type Confirmation,
  confirmations,
  type DeliveryState,
  deliveryStates,
  type DisputeCause,
  disputeCauses,
} from './delivery';
import { type AbsenceCause, absenceCauses, type Outcome, outcomes } from './visit';

/** What is said of a visit, in the correction of a delivery as in its record. */
export class CorrectDelivery {
  /** Day of the delivery, within the order and not in the future. @example "2026-03-02" */
  @IsDayString() deliveredOn!: string;
  /** How much was delivered, in the unit of the order; of a visit that was missed, how much was to be. @example 2 */
  @IsInt() @Min(1) @Max(2_147_483_647) quantity!: number;
  /** On the day of the delivery, together with `endedAt`. @example "2026-03-02T08:00:00+01:00" */
  @IsOptional() @IsInstant() startedAt?: string;
  /** @example "2026-03-02T10:00:00+01:00" */
  @IsOptional() @IsInstant() endedAt?: string;
  /** Who came. */
  @IsOptional() @IsId() performerId?: string;
  /** Which place of the provider it was at. */
  @IsOptional() @IsId() placeId?: string;
  /** DELIVERED unless said otherwise. @example "CLIENT_ABSENT" */
  @IsOptional() @IsIn(outcomes) outcome?: Outcome;
  /** Why nothing was delivered, never anything of anybody's health. @example "NOT_AT_HOME" */
  @IsOptional() @IsIn(absenceCauses) absenceCause?: AbsenceCause;
}

export class RecordDelivery extends CorrectDelivery {
  /** UUIDv7 made by the client: sent again with the same content it changes nothing and gets the same answer. */
  @IsOptional() @IsId('7') id?: string;
  @IsId() orderId!: string;
}

/** A row of a batch. */
export class BatchedDelivery extends CorrectDelivery {
  /** UUIDv7 made by the device. */
  @IsId('7') id!: string;
  @IsId() orderId!: string;
}

export class RecordBatch {
  /** What a device recorded while it was offline; each row is checked and answered by itself. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(500) @IsObject({ each: true }) deliveries!: BatchedDelivery[];
}

export class RecordTable {
  /** Says what would come of it, and records nothing. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  dryRun?: boolean;
}

export class RowProblem {
  /** Last segment of the problem type. @example "more-than-ordered" */
  code!: string;
  /** What to do. */
  detail!: string;
  basis?: string;
  errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

export class RowReport {
  /** 1 for the first. */
  row!: number;
  id!: string | null;
  result!: 'RECORDED' | 'REFUSED';
  problem?: RowProblem;
}

export class BatchReport {
  /** Rows that are recorded, by this request or before. */
  recorded!: number;
  refused!: number;
  /** Nothing was recorded: this is what would come of it. */
  dryRun!: boolean;
  rows!: RowReport[];
}

export class AcceptDelivery {
  /** Who says that it was so; COORDINATOR unless said otherwise. @example "RECIPIENT_AT_DESK" */
  @IsOptional() @IsIn(confirmations) confirmedBy?: Confirmation;
}

export class AcceptMonth extends AcceptDelivery {
  /** @example "2026-03" */
  @Matches(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/, { message: 'month must be a month as YYYY-MM' }) month!: string;
}

export class MonthAccepted {
  id!: string;
  /** @example "2026-03" */
  month!: string;
  /** How many deliveries were accepted. */
  accepted!: number;
  /** How many more wait: send the request again under a fresh key. */
  left!: number;
}

export class DisputeDelivery {
  /** What is wrong with it. @example "LESS_DELIVERED" */
  @IsIn(disputeCauses) causeCode!: DisputeCause;
}

export class RejectDelivery {
  /** Why it does not count. @example "NOT_DELIVERED" */
  @IsIn(disputeCauses) reasonCode!: DisputeCause;
}

export class ListDeliveries extends PageQuery {
  @IsOptional() @IsId() orderId?: string;
  @IsOptional() @IsId() performerId?: string;
  /** @example "DISPUTED" */
  @IsOptional() @IsIn(deliveryStates) state?: DeliveryState;
  /** Delivered on this day or later. @example "2026-03-01" */
  @IsOptional() @IsDayString() from?: string;
  /** Delivered on this day or before. @example "2026-03-31" */
  @IsOptional() @IsDayString() to?: string;
}

class DeliveryContentView {
  deliveredOn!: string;
  quantity!: number;
  startedAt!: Date | null;
  endedAt!: Date | null;
  performerId!: string | null;
  placeId!: string | null;
  outcome!: Outcome;
  absenceCause!: AbsenceCause | null;
}

export class DeliveryView extends DeliveryContentView {
  id!: string;
  version!: number;
  orderId!: string;
  allocationId!: string;
  providerId!: string;
  unit!: string;
  state!: DeliveryState;
  /** Account of the member of staff who accepted it. */
  acceptedBy!: string | null;
  confirmedBy!: Confirmation | null;
  disputeCause!: DisputeCause | null;
  /** Why it does not count; WITHDRAWN by the provider itself. */
  rejectReason!: string | null;
  /** So much of it goes beyond a quota of the capacity, by a permit. */
  beyondQuota!: number;
}

/** What was recorded before a correction. */
export class DeliveryVersionView extends DeliveryContentView {
  /** The version that showed it last. */
  version!: number;
  replacedAt!: Date;
  /** Account that corrected it. */
  replacedBy!: string;
}
