import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsId } from '@okienko/chassis/validation';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class OpenCapacity {
  @IsId() providerId!: string;
  /** A published service offer of the catalogue. */
  @IsId() offerId!: string;
  /** How many persons can be served at the same time. @example 12 */
  @IsInt() @Min(1) @Max(100_000) places!: number;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
  /** Last day. @example "2026-12-31" */
  @IsDayString() to!: string;
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
  free!: number;
}
