import { IsDecimal, IsSlug, IsText, MayBeAbsent, Part } from '@okienko/chassis/validation';
import { ArrayMaxSize, IsArray, IsIn, IsUrl, Max, MaxLength, Min } from 'class-validator';
import { AreAreas } from '../areas/areas.dto';
import { OptionalLine } from '../lines.dto';
import { ServiceOfferFacts } from '../service-offers/service-offer-details.dto';
import { legalTracks, offerFeeRules } from '../service-offers/service-offer-content';
import { IsPln } from './pln.dto';
import { namesOf, serviceFields } from './catalogue-fields';

const serviceNames = namesOf(serviceFields);

export class ServiceBudgetRecord {
  /** Złoty. @example 67500 */
  @IsPln()
  totalPln!: number;

  /** Złoty. @example 54000 */
  @MayBeAbsent()
  @IsPln()
  stateGrantPln?: number;
}

export class ServiceRecord extends ServiceOfferFacts {
  /** Its own for ever: by it the record is known again. @example "ecus-elblag--01" */
  @IsSlug()
  id!: string;

  /** An office of this file, or of one imported before. @example "ecus-elblag" */
  @IsSlug()
  officeId!: string;

  @IsText(1, 500)
  namePl!: string;

  /** Areas of art. 2(1). @example ["pomoc-spoleczna"] */
  @AreAreas()
  areas!: string[];

  @IsIn(legalTracks)
  legalTrack!: (typeof legalTracks)[number];

  @IsIn(offerFeeRules)
  feeRule!: (typeof offerFeeRules)[number];

  @OptionalLine()
  targetGroup?: string;

  @OptionalLine()
  place?: string;

  @MayBeAbsent()
  @Part(() => ServiceBudgetRecord)
  budget?: ServiceBudgetRecord;

  /** The state's share of the budget. @example 80 */
  @MayBeAbsent()
  @IsDecimal(2)
  @Min(0)
  @Max(100)
  budgetStateSharePct?: number;

  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(2000)
  sourceUrl!: string;

  /** Fields that restate the source. @example ["namePl"] */
  @IsArray()
  @ArrayMaxSize(90)
  @IsIn(serviceNames, { each: true })
  fact!: string[];

  /** Fields that are somebody's reading of it. @example ["areas"] */
  @IsArray()
  @ArrayMaxSize(90)
  @IsIn(serviceNames, { each: true })
  inferred!: string[];
}
