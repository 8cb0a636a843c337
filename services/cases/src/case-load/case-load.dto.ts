import { IsTerc } from '@okienko/chassis/validation';
import { IsOptional, Matches } from 'class-validator';
import { type Duration } from './case-load';
import { periodShape } from './period';

export class AskForCaseLoad {
  /** Unit of the centre; your own unless given. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9._:-]{1,64}$/)
  unit?: string;

  /** Only matters of this gmina. */
  @IsOptional()
  @IsTerc()
  gmina?: string;

  /** A year, half-year, quarter or month; the last half-year that is over unless given. @example "2026-H1" */
  @IsOptional()
  @Matches(periodShape, { message: '$property must be a period such as 2026, 2026-H1, 2026-Q3 or 2026-09' })
  period?: string;
}

/** A number, or why there is none. */
export class Figure {
  /** Null without a reason where there was nothing to work it out of. */
  value!: number | null;
  /** So few that one could tell who they are, or another that would give those away. */
  why?: 'TOO_FEW_PERSONS';
}

export class CaseLoadTotals {
  openApplications!: Figure;
  plansInForce!: Figure;
  openDeadlines!: Figure;
}

export class CoordinatorFigures extends CaseLoadTotals {
  /** Account id; null for what nobody in particular has in hand. */
  coordinator!: string | null;
}

export class AgeFigures {
  /** Days since filing, from … */
  from!: number;
  /** … to; null in the last band. */
  to!: number | null;
  applications!: Figure;
}

export class DraftingFigures {
  drafted!: Figure;
  /** Within the term of art. 40. */
  inTime!: Figure;
  late!: Figure;
  percentInTime!: Figure;
}

export class ServiceWaitingFigures {
  programmeId!: string;
  serviceCode!: string;
  waiting!: Figure;
  /** Days since filing. */
  medianDays!: Figure;
}

export class WaitingFigures {
  waiting!: Figure;
  services!: ServiceWaitingFigures[];
}

export class ProviderFigures {
  providerId!: string;
  accepted!: Figure;
  declined!: Figure;
}

export class ReferralFigures {
  answered!: Figure;
  providers!: ProviderFigures[];
}

export class DurationFigures {
  until!: Duration['until'];
  matters!: Figure;
  /** Days since filing. */
  medianDays!: Figure;
}

/** What is in hand now, and what came about in a period. */
export class CaseLoadFigures {
  totals!: CaseLoadTotals;
  coordinators!: CoordinatorFigures[];
  /** Open applications by age. */
  ages!: AgeFigures[];
  /** Plans drafted in the period. */
  drafting!: DraftingFigures;
  waiting!: WaitingFigures;
  /** Answers of contractors in the period. */
  referrals!: ReferralFigures;
  /** Of matters that came so far in the period. */
  durations!: DurationFigures[];
}

export class CaseLoadView extends CaseLoadFigures {
  unit!: string;
  gmina!: string | null;
  /** @example "2026-H1" */
  period!: string;
  from!: string;
  to!: string;
  /** Moment of the counting, RFC 3339. */
  asOf!: string;
}
