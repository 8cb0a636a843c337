import type { Day } from '@okienko/contracts/calendar';
import type { Localised } from '../localised';

/** By which law a service is granted (art. 19). PUS: by a programme of social services under the Act itself. */
export const legalTracks = [
  'PUS',
  'SOCIAL_ASSISTANCE_DECISION',
  'MINISTERIAL_PROGRAMME',
  'LOCAL_PROGRAMME',
  'OTHER_ACT',
  'SUPPORTING_ACTIVITY',
] as const;
export const recipientKinds = ['PERSON', 'FAMILY', 'GROUP', 'RESIDENTS'] as const;
export const units = ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'] as const;
export const offerFeeRules = [
  'FREE',
  'FREE_OWN_COSTS',
  'FLAT',
  'PER_UNIT',
  'TABLE_BY_INCOME',
  'OWN_COSTS_ONLY',
  'COUNCIL_RESOLUTION',
  'UNKNOWN',
] as const;

/** Whom a service is meant for. There is no area of "seniors" in the Act: area and target group are two things. */
export const targetGroups = [
  'CHILDREN',
  'YOUTH',
  'FAMILIES',
  'SENIORS',
  'DISABLED',
  'DEPENDENT',
  'CARERS',
  'ILL',
  'ADDICTED',
  'HOMELESS',
  'VIOLENCE',
  'UNEMPLOYED',
  'FOREIGNERS',
  'EVERYONE',
] as const;
export const accessibilityFeatures = [
  'STEP_FREE',
  'LIFT',
  'ACCESSIBLE_TOILET',
  'PARKING',
  'HEARING_LOOP',
  'SIGN_LANGUAGE',
  'EASY_TO_READ',
  'ASSISTANCE_DOG',
  'HOME_VISIT',
] as const;

/** Days of the week, Monday is 1, and a time of the day as HH:MM. */
export interface OpeningHours {
  readonly days: readonly number[];
  readonly opens: string;
  readonly closes: string;
}

export interface OfferContact {
  readonly phone?: string;
  readonly email?: string;
  readonly url?: string;
  readonly address?: string;
}

/** A programme of social services of another centre, as that centre's feed tells it. */
export interface CentreProgramme {
  readonly id: string;
  readonly name: string;
  readonly aim: string;
  /** Documents that it asks for. */
  readonly evidence: readonly { readonly code: string; readonly name: string }[];
}

/** What another centre says of a service of its own: by which law, and under which programme, it grants it there. */
export interface CentreOffer {
  readonly legalTrack: (typeof legalTracks)[number];
  readonly programme?: CentreProgramme;
}

/** A service of another body, told of because art. 13(1)(9) wants all of them told. Nobody applies for it here. */
export interface InformationOnly {
  readonly owner: string;
  /** When the owner last said that it is still so. */
  readonly confirmedOn: Day;
  /** Given when the owner is another centre, and the entry restates that centre's feed. */
  readonly centreOffer?: CentreOffer;
}

/** Everything else a resident may want to know of a service; offices tell more or less of it. */
export interface ServiceOfferDetails {
  readonly providerType?: string;
  readonly providerName?: string;
  readonly programme?: string;
  readonly edition?: string;
  readonly status?: string;
  readonly timeline?: string;
  readonly fundingSource?: string;
  readonly budget?: {
    readonly totalGrosze: number;
    readonly stateGrantGrosze?: number;
    readonly stateSharePercent?: number;
  };
  readonly feeBasis?: string;
  readonly feeDetail?: string;
  readonly usageLimit?: string;
  readonly maxDuration?: string;
  readonly scope?: readonly string[];
  readonly isPackage?: boolean;
  readonly packageRule?: string;
  readonly components?: readonly string[];
  readonly variants?: readonly string[];
  readonly constraints?: readonly string[];
  readonly requiredDocuments?: readonly string[];
  readonly applicationChannels?: readonly string[];
  readonly thirdPartyReport?: boolean;
  readonly voluntary?: boolean;
  readonly endReasons?: readonly string[];
  readonly detail?: string;
  readonly caveat?: string;
}

/** What the directory says of a service (art. 13(1)(9)). */
export interface ServiceOfferContent {
  readonly programmeId?: string;
  readonly serviceCode?: string;
  readonly name: Localised;
  readonly description: Localised;
  readonly areas: readonly string[];
  readonly legalTrack: (typeof legalTracks)[number];
  readonly recipientKind: (typeof recipientKinds)[number];
  readonly unit: (typeof units)[number];
  readonly terc: string;
  readonly feeRule: (typeof offerFeeRules)[number];
  readonly targetGroup?: Localised;
  readonly targetGroups?: readonly (typeof targetGroups)[number][];
  /** Completed years of those whom it is for, both bounds included. */
  readonly ages?: { readonly from?: number; readonly to?: number };
  /** BCP 47; `pjm` is Polish Sign Language. */
  readonly languages?: readonly string[];
  readonly accessibility?: readonly (typeof accessibilityFeatures)[number][];
  readonly openingHours?: readonly OpeningHours[];
  readonly contact?: OfferContact;
  readonly informationOnly?: InformationOnly;
  readonly place?: Localised;
  readonly details?: ServiceOfferDetails;
  /** Where the description comes from: which fields the source states, and which are our reading of it. */
  readonly source?: { readonly url: string; readonly facts: readonly string[]; readonly inferred: readonly string[] };
}
