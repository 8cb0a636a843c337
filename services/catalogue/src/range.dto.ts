import { MayBeAbsent } from '@okienko/chassis/validation';
import { IsInt, Max, Min } from 'class-validator';

/** Completed years, or persons of a household. */
export class Range {
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(150)
  from?: number;

  /** Included. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(150)
  to?: number;
}
