import { PageQuery } from '@okienko/chassis/page';
import {
  IsCode,
  IsDayString,
  IsLocalised,
  IsSlug,
  IsTerc,
  IsText,
  Localised,
  MayBeAbsent,
  Part,
  Parts,
} from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { AreAreas } from '../areas/areas.dto';
import { areaSlugs } from '../areas/areas';
import { IsLines } from '../lines.dto';
import { Range } from '../range.dto';
import { type ServiceOfferState, serviceOfferStates } from './service-offer';
import {
  accessibilityFeatures,
  type CentreOffer,
  type CentreProgramme,
  type InformationOnly,
  legalTracks,
  type OfferContact,
  offerFeeRules,
  type OpeningHours,
  recipientKinds,
  type ServiceOfferContent,
  targetGroups,
  units,
} from './service-offer-content';
import { ServiceOfferDetailsBody } from './service-offer-details.dto';

const IsTimeOfDay = (): PropertyDecorator =>
  Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: '$property must be a time of the day as HH:MM' });

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

export class OpeningHoursItem implements OpeningHours {
  /** Monday is 1, Sunday is 7. @example [1, 2, 3, 4, 5] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  days!: number[];

  /** @example "07:30" */
  @IsTimeOfDay()
  opens!: string;

  /** @example "15:30" */
  @IsTimeOfDay()
  closes!: string;
}

/** Of the office or body, never of a person. */
export class OfferContactItem implements OfferContact {
  /** @example "+48 55 625 61 00" */
  @MayBeAbsent()
  @Matches(/^[+\d][\d ()/-]{2,31}$/, { message: '$property must be a telephone number' })
  phone?: string;

  @MayBeAbsent()
  @IsEmail()
  email?: string;

  @MayBeAbsent()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(2000)
  url?: string;

  @MayBeAbsent()
  @IsText(1, 500)
  address?: string;
}

export class CentreEvidenceItem {
  @IsCode()
  code!: string;

  @IsText(1, 10_000)
  name!: string;
}

export class CentreProgrammeItem implements CentreProgramme {
  @IsUUID()
  id!: string;

  @IsText(1, 10_000)
  name!: string;

  @IsText(1, 10_000)
  aim!: string;

  @Parts(() => CentreEvidenceItem, 0, 100)
  evidence!: CentreEvidenceItem[];
}

export class CentreOfferItem implements CentreOffer {
  /** By which law that centre grants the service. */
  @IsIn(legalTracks)
  legalTrack!: (typeof legalTracks)[number];

  @MayBeAbsent()
  @Part(() => CentreProgrammeItem)
  programme?: CentreProgrammeItem;
}

export class InformationOnlyItem implements InformationOnly {
  /** The body that runs the service. @example "Miejski Ośrodek Kultury" */
  @IsText(1, 300)
  owner!: string;

  /** When it last said that the entry is right. */
  @IsDayString()
  confirmedOn!: string;

  /** For a service that another centre grants itself. */
  @MayBeAbsent()
  @Part(() => CentreOfferItem)
  centreOffer?: CentreOfferItem;
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
  @AreAreas()
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

  /** The same in codes, to find it by. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(targetGroups.length)
  @ArrayUnique()
  @IsIn(targetGroups, { each: true })
  targetGroups?: (typeof targetGroups)[number][];

  /** Completed years of those whom it is for. */
  @MayBeAbsent()
  @Part(() => Range)
  ages?: Range;

  /** BCP 47; `pjm` is Polish Sign Language. @example ["pl", "uk", "pjm"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, { each: true, message: '$property must be language tags (BCP 47)' })
  languages?: string[];

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(accessibilityFeatures.length)
  @ArrayUnique()
  @IsIn(accessibilityFeatures, { each: true })
  accessibility?: (typeof accessibilityFeatures)[number][];

  @MayBeAbsent()
  @Parts(() => OpeningHoursItem, 0, 50)
  openingHours?: OpeningHoursItem[];

  @MayBeAbsent()
  @Part(() => OfferContactItem)
  contact?: OfferContactItem;

  /** Given for a service of another body: nobody applies for it here, and its owner confirms it from time to time. */
  @MayBeAbsent()
  @Part(() => InformationOnlyItem)
  informationOnly?: InformationOnlyItem;

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

export class ConfirmServiceOffer {
  /** The day on which the owner said so. */
  @IsDayString()
  confirmedOn!: string;
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

  /** The office whose catalogue lists it. */
  @IsOptional()
  @IsUUID()
  officeId?: string;

  /** Entries that their owners have not confirmed for half a year. */
  @IsOptional()
  @IsIn(['true'])
  stale?: 'true';

  /** PUBLISHED unless given. Others are for staff; nobody else finds anything in them. */
  @IsOptional()
  @IsIn(serviceOfferStates)
  state?: ServiceOfferState;
}

/** What providers offer today, over all of them, as far as this service has heard. */
export class OfferedCapacity {
  /** How many persons can be served at once. */
  places!: number;
  free!: number;
  /**
   * Today while a place is free; else the first day after the earliest planned end, or of places that open later. Absent when nothing of
   * the kind is known.
   */
  nextFreeOn?: string;
  /** When the last of these figures was true. */
  asOf!: string;
  /** Grows with every event that these figures rest on. */
  position!: number;
}

export class OfferedQueue {
  /** Requests on the waiting list, over all that were filed for this offer. */
  waiting!: number;
  /** When the last of these figures was true. */
  asOf!: string;
  /** Grows with every event that these figures rest on. */
  position!: number;
}

export class ServiceOfferView extends DraftServiceOffer {
  id!: string;
  version!: number;
  state!: ServiceOfferState;
  /** Absent (null) while no provider has offered places. */
  capacity!: OfferedCapacity | null;
  /** Absent (null) while nobody has ever had to wait. */
  queue!: OfferedQueue | null;
  /** The owner has not confirmed the entry for half a year: ask before you rely on it. */
  stale?: true;
}

export class ServiceOfferPage {
  items!: ServiceOfferView[];
  /** Cursor of the next page. */
  next?: string;
}
