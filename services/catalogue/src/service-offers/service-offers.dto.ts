import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsLocalised, IsSlug, IsTerc, Localised, MayBeAbsent, Part } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsUrl,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { areaSlugs } from '../areas/areas';
import { IsLines } from '../lines.dto';
import { type ServiceOfferState, serviceOfferStates } from './service-offer';
import { legalTracks, offerFeeRules, recipientKinds, type ServiceOfferContent, units } from './service-offer-content';
import { ServiceOfferDetailsBody } from './service-offer-details.dto';

/** Travels in events, which take names of up to 500 characters. */
export class ServiceOfferName extends Localised {
  @MaxLength(500)
  declare pl: string;
}

export class ServiceOfferSource {
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(2000)
  url!: string;

  /** Fields that restate the source, as paths. @example ["name", "details.edition"] */
  @IsLines()
  facts!: string[];

  /** Fields that are our reading and not in the source. @example ["areas", "unit"] */
  @IsLines()
  inferred!: string[];
}

export class DraftServiceOffer implements ServiceOfferContent {
  /** The programme, for the track PUS only. */
  @MayBeAbsent()
  @IsUUID()
  programmeId?: string;

  /** One of the programme's services, for the track PUS only. @example "teleopieka" */
  @MayBeAbsent()
  @IsSlug()
  serviceCode?: string;

  @Part(() => ServiceOfferName)
  name!: ServiceOfferName;

  @IsLocalised()
  description!: Localised;

  /** One or more of the fourteen areas of art. 2(1). @example ["pomoc-spoleczna"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(14)
  @ArrayUnique()
  @IsIn(areaSlugs, { each: true })
  areas!: string[];

  /** By which law the service is granted (art. 19). */
  @IsIn(legalTracks)
  legalTrack!: (typeof legalTracks)[number];

  @IsIn(recipientKinds)
  recipientKind!: (typeof recipientKinds)[number];

  /** What one delivery counts in. */
  @IsIn(units)
  unit!: (typeof units)[number];

  /** TERC of the gmina. @example "2861011" */
  @IsTerc()
  terc!: string;

  @IsIn(offerFeeRules)
  feeRule!: (typeof offerFeeRules)[number];

  @MayBeAbsent()
  @IsLocalised()
  targetGroup?: Localised;

  @MayBeAbsent()
  @IsLocalised()
  place?: Localised;

  @MayBeAbsent()
  @Part(() => ServiceOfferDetailsBody)
  details?: ServiceOfferDetailsBody;

  @MayBeAbsent()
  @Part(() => ServiceOfferSource)
  source?: ServiceOfferSource;
}

export class WithdrawServiceOffer {
  /** @example "PROVIDER_GONE" */
  @IsCode()
  reasonCode!: string;
}

export class ListServiceOffers extends PageQuery {
  @IsOptional()
  @IsIn(areaSlugs)
  area?: string;

  @IsOptional()
  @IsTerc()
  terc?: string;

  @IsOptional()
  @IsIn(legalTracks)
  legalTrack?: (typeof legalTracks)[number];

  @IsOptional()
  @IsUUID()
  programmeId?: string;

  /** PUBLISHED unless given. Others are for staff; nobody else finds anything in them. */
  @IsOptional()
  @IsIn(serviceOfferStates)
  state?: ServiceOfferState;
}

export class OfferedCapacity {
  /** How many persons can be served at once, over all providers. */
  places!: number;
  free!: number;
  /** When the last of these figures was true. */
  asOf!: string;
}

export class ServiceOfferView extends DraftServiceOffer {
  id!: string;
  version!: number;
  state!: ServiceOfferState;
  /** Absent (null) while no provider has offered places. */
  capacity!: OfferedCapacity | null;
}

export class ServiceOfferPage {
  items!: ServiceOfferView[];
  /** Cursor of the next page. */
  next?: string;
}
