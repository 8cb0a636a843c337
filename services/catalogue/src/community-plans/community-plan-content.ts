import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import type { Localised } from '../localised';
import { DaysReversed } from '../programmes/programme-errors';
import type { OfferContact, OpeningHours, targetGroups } from '../service-offers/service-offer-content';
import { assertOwnGminas, passedOver } from '../told-by-gmina';

/** What people do for one another, as art. 13(1)(6) names it; a supplement to services, and never one of them. */
export const activityKinds = ['SELF_HELP', 'VOLUNTEERING', 'NEIGHBOUR_HELP', 'OTHER'] as const;

/** A supporting activity (działanie wspierające). Nobody qualifies for it, nobody pays, nobody is refused by a decision. */
export interface SupportingActivity {
  /** Its name within the plan, by which an individual plan may refer to it (art. 39(2)). */
  readonly activityCode: string;
  readonly kind: (typeof activityKinds)[number];
  readonly name: Localised;
  readonly description: Localised;
  readonly terc: string;
  readonly areas: readonly string[];
  readonly targetGroups?: readonly (typeof targetGroups)[number][];
  readonly place?: Localised;
  readonly hours?: readonly OpeningHours[];
  /** First and last day, when it does not last as long as the plan. */
  readonly from?: Day;
  readonly to?: Day;
  /** How many can take part at once. */
  readonly places?: number;
  /** Of the office or body, never of a person. */
  readonly contact?: OfferContact;
}

/** What a plan of organising the local community says (art. 20). A joint centre says it of each of its gminas (art. 20(4)). */
export interface CommunityPlanContent {
  readonly title: Localised;
  readonly gminas: readonly string[];
  readonly from: Day;
  readonly to: Day;
  /** The diagnosis on which it rests; in its first year a centre may have none (art. 76(2)). */
  readonly diagnosisId?: string;
  readonly goals: readonly Localised[];
  readonly activities: readonly SupportingActivity[];
}

export class ActivityRepeated extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'activity-repeated';
  constructor(activityCode: string) {
    super(`The activity ${activityCode} is there twice. Give each activity a code of its own.`);
  }
}

export class OutsidePlanPeriod extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'outside-plan-period';
  override readonly basis = 'art. 20';
  constructor(activityCode: string, from: Day, to: Day) {
    super(`The plan lasts from ${from} to ${to}, and the days of the activity ${activityCode} do not fit that.`);
  }
}

export class PlanIncomplete extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'community-plan-incomplete';
  override readonly basis = 'art. 20';
  constructor(missing: string) {
    super(`The plan lacks ${missing}. Revise the draft, then adopt it.`);
  }
}

/** What has to hold even of a draft. */
export function assertConsistent({ gminas, from, to, activities }: CommunityPlanContent): void {
  if (to < from) throw new DaysReversed(from, to);
  assertOwnGminas(gminas, activities, 'art. 20 ust. 4');
  const codes = new Set<string>();
  for (const activity of activities) {
    const { activityCode, from: begins = from, to: ends = to } = activity;
    if (codes.has(activityCode)) throw new ActivityRepeated(activityCode);
    codes.add(activityCode);
    if (ends < begins) throw new DaysReversed(begins, ends);
    if (begins < from || ends > to) throw new OutsidePlanPeriod(activityCode, from, to);
  }
}

export function assertComplete({ gminas, goals, activities }: CommunityPlanContent): void {
  if (goals.length === 0) throw new PlanIncomplete('goals');
  const terc = passedOver(gminas, activities);
  if (terc !== undefined) throw new PlanIncomplete(`activities in the gmina ${terc}`);
}
