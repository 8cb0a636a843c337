import { IsCode, IsText } from '@okienko/chassis/validation';
import { IsIn } from 'class-validator';
import { type Need, needs, type PlannedService } from './plan-need';

export class OverridePlanNeed {
  @IsIn(needs)
  need!: Need;

  /** Why, as a code: NO_AGREEMENT, for example. */
  @IsCode()
  reasonCode!: string;

  /** Why, in words. Kept encrypted. */
  @IsText(1, 2_000)
  reason!: string;
}

export class PlanNeedOverride {
  need!: Need;
  reasonCode!: string;
  reason!: string;
  overriddenBy!: string;
  overriddenOn!: string;
}

export class PlannedServiceView implements PlannedService {
  itemId!: string;
  from!: string;
  to!: string;
}

export class PlanNeedView {
  /** Of the override; 0 as long as there is none. */
  version!: number;
  /** What counts: the rule, or the coordinator's word against it. */
  need!: Need;
  /** Art. 38(2): needed for services that overlap and last three months; one alone needs only its qualification. */
  byRule!: Need;
  /** Services that are still wanted or granted, and for how long if granted today. */
  services!: PlannedServiceView[];
  override!: PlanNeedOverride | null;
}
