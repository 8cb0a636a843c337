import { PageQuery } from '@okienko/chassis/page';
import { IsDecimal, IsId, IsTerc, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, Max, Min } from 'class-validator';
import { type AccessibilityCode, accessibilityCodes } from './place';

export class DescribePlace {
  /** As people call it. @example "Klub Seniora Pod Kasztanem" */
  @IsText(1, 200) name!: string;
  /** @example "ul. Winna 9, Elbląg" */
  @IsText(1, 300) address!: string;
  /** Gmina where it is. @example "2861011" */
  @MayBeAbsent() @IsTerc() terc?: string;
  /** WGS 84. @example 54.1561 */
  @MayBeAbsent() @IsDecimal(6) @Min(-90) @Max(90) latitude?: number;
  /** WGS 84. @example 19.4045 */
  @MayBeAbsent() @IsDecimal(6) @Min(-180) @Max(180) longitude?: number;
  /** What helps people with special needs there. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(accessibilityCodes, { each: true })
  accessibility?: AccessibilityCode[];
}

export class RegisterPlace extends DescribePlace {
  @IsId() providerId!: string;
}

export class ListPlaces extends PageQuery {
  @IsOptional() @IsId() providerId?: string;
}

export class PlaceView {
  id!: string;
  version!: number;
  providerId!: string;
  name!: string;
  address!: string;
  terc!: string | null;
  latitude!: number | null;
  longitude!: number | null;
  accessibility!: AccessibilityCode[];
  /** Since then the provider serves there no more. */
  closedOn!: string | null;
}
