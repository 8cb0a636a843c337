import { IsTerc, IsText } from '@okienko/chassis/validation';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { areaSlugs } from '../areas/areas';
import { legalTracks, offerFeeRules, targetGroups } from '../service-offers/service-offer-content';
import { ServiceOfferView } from '../service-offers/service-offers.dto';

const yes = ['true'] as const;

export class SearchOffers {
  /** As people say it. @example "teleopieka dla babci" */
  @IsText(1, 200)
  q!: string;

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
  @IsIn(targetGroups)
  targetGroup?: (typeof targetGroups)[number];

  @IsOptional()
  @IsIn(offerFeeRules)
  feeRule?: (typeof offerFeeRules)[number];

  /** Completed years: offers for somebody of that age, and those that name no age. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(150)
  age?: number;

  /** Only offers with a place free now. */
  @IsOptional()
  @IsIn(yes)
  free?: 'true';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit?: number;
}

/** What people say, and the words of the offices that are looked for besides. */
export class Synonym {
  /** One word, in any form. @example "taksówka" */
  @IsText(1, 60)
  said!: string;

  /** @example "transport przewóz" */
  @IsText(1, 200)
  meant!: string;
}

export class RemoveSynonym {
  @IsText(1, 60)
  said!: string;
}

export class SynonymList {
  items!: Synonym[];
}

/** A word that no offer has, and the one that was looked for in its place. */
export class Correction {
  typed!: string;
  read!: string;
}

export class FacetCount {
  value!: string;
  count!: number;
}

/** How many of the offers found, of the thousand most relevant at most, are of each kind. */
export class SearchFacets {
  area!: FacetCount[];
  legalTrack!: FacetCount[];
  feeRule!: FacetCount[];
  targetGroup!: FacetCount[];
}

export class SearchResult {
  /** Most relevant first; of equals, the one with more places free. */
  items!: ServiceOfferView[];
  corrections!: Correction[];
  /** How many of the offers found are of which kind; approximate where more than a thousand are. */
  facets!: SearchFacets;
}
