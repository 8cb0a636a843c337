import { PageQuery } from '@okienko/chassis/page';
import {
  IsDayString,
  IsLocalised,
  IsSlug,
  IsTerc,
  Localised,
  MayBeAbsent,
  Part,
  Parts,
} from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { AreAreas } from '../areas/areas.dto';
import { areaSlugs } from '../areas/areas';
import { targetGroups } from '../service-offers/service-offer-content';
import { OfferContactItem, OpeningHoursItem } from '../service-offers/service-offers.dto';
import { activityKinds, type SupportingActivity } from './community-plan-content';

export class SupportingActivityItem implements SupportingActivity {
  /** Its own within the plan. @example "zakupy-dla-sasiada" */
  @IsSlug()
  activityCode!: string;

  @IsIn(activityKinds)
  kind!: (typeof activityKinds)[number];

  @IsLocalised()
  name!: Localised;

  /** In which manner it goes on. */
  @IsLocalised()
  description!: Localised;

  /** One of the gminas of the plan. @example "2861011" */
  @IsTerc()
  terc!: string;

  @AreAreas()
  areas!: string[];

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(targetGroups.length)
  @ArrayUnique()
  @IsIn(targetGroups, { each: true })
  targetGroups?: (typeof targetGroups)[number][];

  @MayBeAbsent()
  @IsLocalised()
  place?: Localised;

  @MayBeAbsent()
  @Parts(() => OpeningHoursItem, 0, 50)
  hours?: OpeningHoursItem[];

  /** First day, when it does not begin with the plan. */
  @MayBeAbsent()
  @IsDayString()
  from?: string;

  /** Last day, when it ends before the plan. */
  @MayBeAbsent()
  @IsDayString()
  to?: string;

  /** How many can take part at once. @example 12 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  places?: number;

  /** Of the office or body, never of a person. */
  @MayBeAbsent()
  @Part(() => OfferContactItem)
  contact?: OfferContactItem;
}

export class ListSupportingActivities extends PageQuery {
  @IsOptional()
  @IsIn(areaSlugs)
  area?: string;

  @IsOptional()
  @IsTerc()
  terc?: string;

  @IsOptional()
  @IsIn(activityKinds)
  kind?: (typeof activityKinds)[number];

  @IsOptional()
  @IsIn(targetGroups)
  targetGroup?: (typeof targetGroups)[number];
}

export class SupportingActivityView extends SupportingActivityItem {
  planId!: string;
  /** Its first day, or that of the plan. */
  declare from: string;
  /** Its last day, or that of the plan. */
  declare to: string;
}

export class SupportingActivityPage {
  items!: SupportingActivityView[];
  /** Cursor of the next page. */
  next?: string;
}
