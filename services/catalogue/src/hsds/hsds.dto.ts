import { IsId, IsText } from '@okienko/chassis/validation';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { PageAsked } from './hsds';
import type { ProfileSchemaPatch } from './profile-patch';

const yesOrNo = ['true', 'false'] as const;

/** Pages as HSDS counts them; records may move between pages while one reads. */
export class HsdsPageQuery {
  /** From 1. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page?: number;

  /** Records a page, 1 to 100; 50 unless given. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  per_page?: number;
}

export const pageAsked = ({ page = 1, per_page: perPage = 50 }: HsdsPageQuery): PageAsked => ({ page, perPage });

export class ListHsdsServiceAtLocations extends HsdsPageQuery {
  /** As people say it in Polish; the 200 most relevant are looked at. */
  @IsOptional()
  @IsText(1, 200)
  search?: string;

  @IsOptional()
  @IsId()
  taxonomy_term_id?: string;

  /** Services with any term of that taxonomy. */
  @IsOptional()
  @IsId()
  taxonomy_id?: string;

  @IsOptional()
  @IsId()
  organization_id?: string;
}

export class ListHsdsServices extends ListHsdsServiceAtLocations {
  /** Full services, as each alone is shown: what an import takes. */
  @IsOptional()
  @IsIn(yesOrNo)
  full?: (typeof yesOrNo)[number];
}

export class ListHsdsTaxonomyTerms extends HsdsPageQuery {
  @IsOptional()
  @IsId()
  taxonomy_id?: string;
}

/** What the API is. */
export class HsdsApi {
  /** Of HSDS. @example "3.0" */
  version!: string;
  /** Where the profile of the feed is described. */
  profile!: string;
  openapi_url!: string;
}

/** The Polish CUS profile: HSDS with less left open, and the taxonomies of `/hsds/taxonomies`. */
export class HsdsProfile {
  name!: string;
  description!: string;
  /** The standard that it narrows. */
  extends!: string;
  patches!: readonly ProfileSchemaPatch[];
}
